"""Adjusting the stock of a product: by a difference, or to a count."""

from typing import Any, cast

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from products.errors import (
    FieldRefused,
    InsufficientStock,
    InvalidLine,
    NothingToPost,
    WrongState,
)
from products.forms.stock import StockAdjustForm
from products.models import Operation, StockMovement
from products.services.stock import Place, adjust_stock
from products.templatetags.inventory import quantity, signed
from products.views.dialogs import ProductDialog


class StockAdjustView(ProductDialog):
    """Posts one movement; a count is compared with what is there at that moment."""

    permission_required = "products.adjust_stock"
    form_class = StockAdjustForm
    template_name = "products/stock_adjust.html"
    changed_event = "stock:changed"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "product_id": self.object.pk,
            "may_release": self.request.user.has_perm("products.hold_stock"),
        }

    def get_success_url(self) -> str:
        return reverse("products:product_detail", args=[self.kwargs["pk"]])

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        form = cast("StockAdjustForm", form)
        try:
            operation = self._adjust(form)
        except NothingToPost as nothing:
            return nothing.message, None
        except InsufficientStock as refusal:
            way_on = ""
            if form.offer_holds(form.location_id()):
                way_on = _("Some are held: tick below which to release.")
            elif self.object.reserved:
                way_on = _("Ask a colleague who may release what is held.")
            sentence = f"{refusal.message} {way_on}".strip()
            raise FieldRefused({"quantity": [sentence]}) from refusal
        except InvalidLine as refusal:
            raise FieldRefused({"quantity": [refusal.message]}) from refusal
        except WrongState as refusal:
            form.offer_holds(form.location_id())
            raise FieldRefused({"releasing": [refusal.message]}) from refusal
        return self.answer_again(operation), operation

    def answer_again(self, operation: Operation) -> str:
        movement = operation.movements.select_related("product").get()
        name = movement.product.name if movement.product else movement.sku
        return _("“%(name)s” adjusted by %(delta)s: %(balance)s on hand.") % {
            "name": name,
            "delta": signed(movement.delta),
            "balance": quantity(movement.balance_after),
        }

    def _adjust(self, form: StockAdjustForm) -> Operation:
        return adjust_stock(
            place=Place(self.object.pk, form.location_id()),
            kind=StockMovement.Kind(form.cleaned_data["reason"]),
            delta=form.delta(),
            counted=form.counted(),
            releasing=form.releasing(),
            circumstances=self.circumstances(reason=form.cleaned_data["note"]),
        )
