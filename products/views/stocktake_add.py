"""Setting up a stocktake."""

from typing import Any, cast

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.errors import FieldRefused, InventoryError
from products.forms.stocktakes import StocktakeAddForm
from products.models import Operation, Stocktake
from products.services.stocktakes import create_stocktake, start_stocktake
from products.views.base import FormPage
from products.views.one_stocktake import APPLY, address_of


class StocktakeAddView(FormPage, FormView):
    """The button `draft` keeps it for later; the other one starts the counting.

    The same form sent twice makes one stocktake: see `create_stocktake`.
    """

    permission_required = APPLY
    form_class = StocktakeAddForm
    template_name = "products/stocktake_add.html"

    stocktake: Stocktake

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "cancel_url": reverse("products:stocktake_list")
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        plan = cast("StocktakeAddForm", form).plan()
        self.stocktake = create_stocktake(plan=plan, author=self.author)
        if "draft" in self.request.POST:
            return _("“%(name)s” is kept as a draft.") % {"name": plan.name}, None
        try:
            start_stocktake(stocktake_id=self.stocktake.pk, author=self.author)
        except FieldRefused:
            raise
        except InventoryError as refusal:
            return self._keep_draft(refusal), None
        return _("“%(name)s” is open for counting.") % {"name": plan.name}, None

    def _keep_draft(self, refusal: InventoryError) -> str:
        return _("“%(name)s” is kept as a draft and did not start. %(why)s") % {
            "name": self.stocktake.name,
            "why": refusal.message,
        }

    def get_success_url(self) -> str:
        return address_of(self.stocktake)
