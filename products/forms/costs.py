"""The form that says what stock is worth."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.fields import AmountField
from products.forms.offering import offer
from products.forms.once import OnceForm
from products.forms.product_layout import Money
from products.models import Operation
from products.reports.worth import Worth


class WorthSelect(forms.Select):
    """Tells the script what is at each place, and what it is worth."""

    worths: Sequence[Worth] = ()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= worth_attrs(
            [worth for worth in self.worths if value in {"", str(worth.location_id)}]
        )
        return option


class CostCorrectForm(OnceForm):
    """What one unit is worth, and why it was wrong; where, if there are several places.

    `worths` is where there is stock now.
    """

    location = forms.ChoiceField(
        label=gettext_lazy("Where"), required=False, widget=WorthSelect
    )
    unit_cost = AmountField(
        label=gettext_lazy("New value of one unit"), places=6, limit=10**9
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=Operation._meta.get_field("reason").max_length,
        help_text=gettext_lazy("Stands in the history."),
    )

    def __init__(self, *args: Any, worths: Sequence[Worth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worths = worths
        self.fields["unit_cost"].widget.attrs |= worth_attrs(worths) | {
            "data-worth-text": _("{old} → {new} each, {difference} in all."),
            "data-currency": settings.CURRENCY,
        }
        self.fields["unit_cost"].help_text = _("What you paid for one, without tax.")
        self._ask_place()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_error_title = _("Not corrected yet")
        places = ["location"] if "location" in self.fields else []
        money = Money("unit_cost", wrapper_class="f-3 f-full")
        self.helper.layout = Layout(
            "once_key", Div(*places, money, "reason", css_class="form-fields")
        )

    def location_ids(self) -> list[int] | None:
        """Return the chosen place; None for all of them."""
        chosen = self.cleaned_data.get("location")
        return [int(chosen)] if chosen else None

    def _ask_place(self) -> None:
        if len(self.worths) <= 1:
            del self.fields["location"]
            return
        self.fields["location"].widget.worths = self.worths
        places = [(str(worth.location_id), worth.location) for worth in self.worths]
        offer(self, "location", [("", _("All locations")), *places])


def worth_attrs(worths: Sequence[Worth]) -> dict[str, str]:
    """Return units and value of these places, as worth-after.js reads them."""
    value = sum((worth.value or Decimal(0) for worth in worths), Decimal(0))
    units = sum(worth.on_hand for worth in worths)
    return {"data-units": str(units), "data-value": f"{value:f}"}
