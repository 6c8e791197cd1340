"""The variance report: what was counted, expected and different, with its value."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import TemplateView

from products.exporting.stocktakes import export_variances
from products.models import Product, Stocktake
from products.reports.stocktakes import counters_of, kept_outcomes, scope_words, tally
from products.services.stocktake_judging import Outcome
from products.services.stocktake_results import outcomes_of
from products.views.downloads import send_file
from products.views.one_stocktake import OneStocktake, sees_book

ROWS = 500  # on one sheet of the page; a printer takes what the page shows
EVERY = "every"


class StocktakeReportView(OneStocktake, TemplateView):
    """Differences, or with `?show=every` all lines; `?format=csv` is the file of all.

    Of an applied stocktake what it posted, of an open one what it would by now. While
    a blind one is open, for those alone who decide about it.
    """

    permission_required = "products.view_stocktake"
    limited = ("GET", "export")
    template_name = "products/stocktake_report.html"

    def has_permission(self) -> bool:
        return super().has_permission() and sees_book(self.request, self.stocktake)

    def get(  # type: ignore[override]  # the file is sent while it is being made
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.GET.get("format") != "csv":
            return super().get(request, *args, **kwargs)
        name = slugify(self.stocktake.name) or self.stocktake.pk
        pieces = export_variances(self.outcomes, with_value=self._sees_value)
        return send_file(
            request, pieces, name=f"count-{name}.csv", with_cost=self._sees_value
        )

    @cached_property
    def outcomes(self) -> list[Outcome]:
        return list(self._outcomes())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shows_every = self.request.GET.get("show") == EVERY
        listed = [one for one in self.outcomes if shows_every or one.difference]
        page = Paginator(listed, ROWS).get_page(self.request.GET.get("page"))
        rows = list(page.object_list)
        ids = [outcome.line.product_id or 0 for outcome in rows]
        names = dict(Product.objects.filter(pk__in=ids).values_list("pk", "name"))
        return super().get_context_data(**kwargs) | {
            "tally": tally(self.outcomes),
            "page_obj": page,
            "rows": [(one, names.get(one.line.product_id or 0, "")) for one in rows],
            "shows_every": shows_every,
            "sees_value": self._sees_value,
            "counters": counters_of(self.stocktake),
            "scope": scope_words(self.stocktake),
        }

    @property
    def _sees_value(self) -> bool:
        return self.request.user.has_perm("products.view_cost")

    def _outcomes(self) -> Iterable[Outcome]:
        if self.stocktake.state == Stocktake.State.APPLIED:
            return kept_outcomes(self.stocktake)
        lines = self.stocktake.lines.order_by("shelf", "sku", "pk")
        return outcomes_of(self.stocktake, lines)
