"""What every adjustment asks: more, less or a new count, how many, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.fields import QuantityField
from products.forms.once import OnceForm
from products.models import MAX_QUANTITY, StockMovement
from products.services.stock import REASONS, Mode


class AdjustingForm(OnceForm):
    """The amount and the reason; what is adjusted, and where, is up to the form."""

    mode = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=Mode,
        initial=Mode.ADD,
        widget=forms.RadioSelect,
    )
    quantity = QuantityField(label=gettext_lazy("Quantity"), least=-MAX_QUANTITY)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[
            ("", gettext_lazy("Choose a reason")),
            *((kind.value, kind.label) for kind in REASONS),
        ],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Stands in the history. Needed for “Other”."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("quantity") is not None and cleaned.get("mode"):
            self._check_quantity(cleaned["quantity"], cleaned["mode"])
        if cleaned.get("reason") == StockMovement.Kind.OTHER and not cleaned.get(
            "note"
        ):
            self.add_error("note", _("Say in a few words what happened."))
        return cleaned

    def _check_quantity(self, quantity: int, mode: str) -> None:
        if mode == Mode.COUNT and quantity < 0:
            self.add_error("quantity", _("A count can't be below zero."))
        elif mode == Mode.TAKE and quantity < 0:
            self.add_error("quantity", _("Say without a minus how many to take away."))
        elif mode != Mode.COUNT and quantity == 0:
            self.add_error("quantity", _("Zero changes nothing."))
