"""The quantity on the edit form: a statement about what the person saw."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.errors import InvalidLine
from products.forms.fields import QuantityField, grouped
from products.models import Location, Product, StockLevel, StockMovement
from products.services.editing import Recount
from products.services.stock import REASONS, check_direction

MOST = 10**15  # any balance there can be; the difference has the ledger's own limit


class RecountForm(forms.ModelForm):
    """The stock at the default location, of which the difference is posted.

    Without `moves_stock` the fields are not there. Three queries.
    """

    quantity = QuantityField(label=gettext_lazy("On hand"), required=False, most=MOST)
    quantity_seen = QuantityField(
        label="",
        required=False,
        most=MOST,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason for the difference"),
        required=False,
        choices=[
            ("", gettext_lazy("Choose a reason")),
            *((kind.value, kind.label) for kind in REASONS),
        ],
        widget=forms.Select(attrs={"data-needed-by": "id_quantity"}),
    )

    instance: Product

    def __init__(self, *args: Any, moves_stock: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not moves_stock:
            for name in ("quantity", "quantity_seen", "reason"):
                del self.fields[name]
            return
        self.location = Location.objects.get_default()
        self._show_stock()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "reason" in self.fields and self.difference():
            self._check_reason(cleaned)
        return cleaned

    def difference(self) -> int:
        """Return wanted less seen, in base units; 0 where the field was left empty."""
        wanted = self.cleaned_data.get("quantity")
        seen = self.cleaned_data.get("quantity_seen")
        return 0 if wanted is None or seen is None else wanted - seen

    def recount(self) -> Recount | None:
        """Return what is to be posted, None when the quantity stays."""
        if not self.difference():
            return None
        return Recount(
            location_id=self.location.pk,
            seen=self.cleaned_data["quantity_seen"],
            wanted=self.cleaned_data["quantity"],
            kind=StockMovement.Kind(self.cleaned_data["reason"]),
        )

    def _check_reason(self, cleaned: dict[str, Any]) -> None:
        reason = cleaned.get("reason")
        if not reason:
            if "reason" not in self.errors:
                self.add_error("reason", _("Say why the quantity changes."))
            return
        try:
            check_direction(StockMovement.Kind(reason), self.difference())
        except InvalidLine as refusal:
            self.add_error("reason", ValidationError(refusal.message))

    def _show_stock(self) -> None:
        level = StockLevel.objects.filter(
            product_id=self.instance.pk, location=self.location
        ).first()
        on_hand = level.on_hand if level else 0
        self.initial["quantity"] = self.initial["quantity_seen"] = on_hand
        seen = self["quantity_seen"].value()
        field = self.fields["quantity"]
        field.widget.attrs |= {
            "data-seen": seen,
            "data-seen-text": _("You saw {seen}: posts {difference}"),
        }
        field.help_text = _("You saw %(quantity)s.") % {"quantity": grouped(on_hand)}
        if Location.objects.stocked().count() > 1:
            self._name_location(field)

    def _name_location(self, field: forms.Field) -> None:
        field.label = _("On hand at %(location)s") % {"location": self.location.name}
        field.help_text = format_html(
            _("{} at all locations together. “Adjust stock” changes the others."),
            grouped(self.instance.on_hand),
        )
