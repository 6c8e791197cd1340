"""What there was, and what it was worth, at any moment."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from products.forms.stock_at import StockAtForm
from products.models import Location, StockLevel
from products.models.reading import one_moment
from products.reports.adding_up import AddedUp, add_up
from products.reports.categories import category_tree
from products.reports.levels import has_several_locations
from products.reports.moments import end_of_day
from products.reports.stock_pages import START, Edge, stock_page
from products.reports.stock_totals import StockTotals, stock_totals
from products.views.base import Page


class ReportStockView(Page, TemplateView):
    """The sums stand on the first page; the others only go on with the list.

    In a large catalogue they are fetched behind the page, by `?sums=1`.
    """

    permission_required = "products.view_stocklevel"
    template_name = "products/report_stock.html"

    @cached_property
    def form(self) -> StockAtForm:
        return StockAtForm(self.request.GET.dict())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"form": self.form}
        if not self.form.is_valid():
            return context
        with one_moment():
            return context | self._report(self.form.moment)

    def _report(self, moment: datetime) -> dict[str, Any]:
        form = self.form
        page = stock_page(moment, search=form.cleaned_data["find"], edge=form.edge)
        tree, places = category_tree(), Location.objects.in_bulk()
        added_up = self._added_up(moment) if form.edge == START else None
        return {
            "moment": moment,
            "is_now": form.cleaned_data["is_now"],
            "is_end_of_day": moment == end_of_day(timezone.localdate(moment)),
            "searched": form.cleaned_data["find"],
            "totals": added_up.sums if added_up else None,
            "added_up_at": added_up.at if added_up else None,
            "is_first": form.edge == START,
            "rows": [
                (line, tree.get(line.category_id or 0), places.get(line.location_id))
                for line in page.lines
            ],
            "next_url": self._address(page.following),
            "has_several_locations": has_several_locations(),
        }

    def _added_up(self, moment: datetime) -> AddedUp[StockTotals] | None:
        is_now = self.form.cleaned_data["is_now"]
        return add_up(
            lambda: stock_totals(moment),
            key=f"stock-{'now' if is_now else moment.timestamp()}",
            rows=StockLevel.objects.all(),
            is_asked="sums" in self.request.GET,
        )

    def _address(self, edge: Edge | None) -> str:
        """Return the address of this list from `edge` on."""
        if edge is None:
            return ""
        query = self.request.GET.copy()
        for name in ("after", "gone", "sums"):
            query.pop(name, None)
        if edge.gone is None:
            query["after"] = edge.after
        else:
            query["gone"] = str(edge.gone)
        return f"?{query.urlencode()}"
