"""Correcting what the stock of a product is worth; no unit moves."""

from typing import Any, cast

from django.forms import BaseForm
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from products.errors import FieldRefused, InvalidLine, NothingToPost
from products.forms.costs import CostCorrectForm
from products.models import Operation, StockMovement
from products.reports.worth import Worth, worth_of
from products.services.costs import Correction, correct_cost
from products.templatetags.inventory import money
from products.views.dialogs import ProductDialog


class CostCorrectView(ProductDialog):
    """Asks for the value of one unit and the reason; the quantities stay."""

    permission_required = ("products.correct_cost", "products.view_cost")
    form_class = CostCorrectForm
    template_name = "products/cost_correct.html"
    changed_event = "stock:changed"

    @cached_property
    def worths(self) -> list[Worth]:
        return worth_of(self.object.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"worths": self.worths}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"worths": self.worths}

    def get_success_url(self) -> str:
        return reverse("products:product_detail", args=[self.kwargs["pk"]])

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("CostCorrectForm", form)
        correction = Correction(
            product_id=self.object.pk,
            unit_cost=form.cleaned_data["unit_cost"],
            location_ids=form.location_ids(),
        )
        circumstances = self.circumstances(reason=form.cleaned_data["reason"])
        try:
            operation = correct_cost(correction=correction, circumstances=circumstances)
        except (InvalidLine, NothingToPost) as refusal:
            raise FieldRefused({"unit_cost": [refusal.message]}) from refusal
        return self.answer_again(operation), operation

    def answer_again(self, operation: Operation) -> str:
        moved = list(operation.movements.select_related("product"))
        name = moved[0].product.name if moved[0].product else moved[0].sku
        return _("“%(name)s” is worth %(after)s now: %(difference)s than before.") % {
            "name": name,
            "after": money(sum(movement.value_after for movement in moved)),
            "difference": _difference(moved),
        }


def _difference(moved: list[StockMovement]) -> str:
    change = sum(movement.value_delta for movement in moved)
    words = _("%(amount)s more") if change >= 0 else _("%(amount)s less")
    return words % {"amount": money(abs(change))}
