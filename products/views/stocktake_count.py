"""The counting page: scan or type, the quantity, the next one."""

import uuid
from typing import Any, cast
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.errors import KeyReused
from products.forms.stocktakes import StocktakeCountForm
from products.models import Operation, Product, StockLevel, Stocktake
from products.reports.stocktakes import last_counts, lines_shown
from products.services.counting import Counted, record_count
from products.views.base import FormPage, htmx_of
from products.views.once import once_of
from products.views.one_stocktake import COUNT, OneStocktake, sees_book

LAST = 12  # counts shown
AGAIN = 20  # lines asked to be counted again, shown


class StocktakeCountView(OneStocktake, FormPage, FormView):
    """`?look=CODE` answers a script with what a code means, as JSON.

    Asked by htmx, the page is the list of the last counts alone. It opens after the
    counting has ended too: a browser may hold counts that still have to be refused.
    """

    permission_required = COUNT
    form_class = StocktakeCountForm
    template_name = "products/stocktake_count.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "look" in request.GET:
            return JsonResponse(self._look(request.GET["look"]))
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        if htmx_of(self.request):
            return ["products/stocktake_count_done.html"]
        return ["products/stocktake_count.html"]

    def get_initial(self) -> dict[str, Any]:
        return {"shelf": self.request.GET.get("shelf", "")[:40]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stocktake = self.stocktake
        person_id = self.request.user.pk or 0  # never 0: it takes a permission
        context = super().get_context_data(**kwargs)
        return context | {
            "is_counting": stocktake.state == Stocktake.State.COUNTING,
            "left": context["line_count"] - context["counted"],
            "last_counts": last_counts(stocktake, person_id, LAST),
            "again": list(lines_shown(stocktake, show="again", text="")[:AGAIN]),
            "camera_url": self._camera_url(),
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("StocktakeCountForm", form)
        typed = form.cleaned_data
        once = once_of(self.request)
        key = once.key if once else f"{self.request.user.pk}:{uuid.uuid4().hex}"
        try:
            made = record_count(
                stocktake_id=self.stocktake.pk,
                count=Counted(typed["code"], typed["quantity"], key, typed["shelf"]),
                author=self.author,
            )
        except KeyReused:  # sent again after Back, with something else in it
            form.renew_key()
            raise
        self.shelf = typed["shelf"]
        return _("%(quantity)d × %(sku)s counted.") % {
            "quantity": made.quantity,
            "sku": made.line.sku,
        }, None

    def get_success_url(self) -> str:
        page = self._address()
        return f"{page}?{urlencode({'shelf': self.shelf})}" if self.shelf else page

    def _address(self) -> str:
        return reverse("products:stocktake_count", args=[self.stocktake.pk])

    def _camera_url(self) -> str:
        camera = reverse("products:scan")
        return f"{camera}?{urlencode({'next': self._address()})}"

    def _look(self, code: str) -> dict[str, Any]:
        """Say what a code means; the book quantity only where nobody is blind."""
        found = Product.objects.select_related("category").find_by_code(code)
        shown: dict[str, Any] = {"product": found, "code": code.strip()}
        if found is not None:
            lines = lines_shown(self.stocktake, show="", text="")
            shown["line"] = lines.filter(product=found).first()
            if not self.stocktake.is_blind and sees_book(self.request, self.stocktake):
                shown["level"] = StockLevel.objects.filter(
                    product=found, location=self.stocktake.location
                ).first()
                shown["sees_book"] = True
        html = render_to_string("products/stocktake_count_now.html", shown)
        return {"id": found.pk if found else None, "html": html}
