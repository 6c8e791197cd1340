"""Which months, or which days, a report is about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from products.forms.days import PastDayField

MONTHS = ("12", "24")


def read_months(address: Mapping[str, str]) -> int:
    """Return how many months the address asks for; 12 when it makes no sense."""
    text = address.get("months", "")
    return int(text if text in MONTHS else MONTHS[0])


class PeriodForm(forms.Form):
    """From a day to a day, both inclusive: ?from=2026-03-01&to=2026-03-31.

    Without any it is this month so far; `from` alone goes on to today.
    """

    def __init__(self, address: Mapping[str, str]) -> None:
        today = timezone.localdate()
        typed = {
            "from": address.get("from") or today.replace(day=1).isoformat(),
            "to": address.get("to") or today.isoformat(),
        }
        super().__init__(typed, auto_id="report_%s")
        # “from” can't be the name of an attribute.
        self.fields["from"] = PastDayField(label=gettext_lazy("From"))
        self.fields["to"] = PastDayField(label=pgettext_lazy("a day", "To"))
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and cleaned["to"] < cleaned["from"]:
            message = _("The last day is before the first.")
            self.add_error("to", ValidationError(message, code="order"))
        return cleaned

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of a valid form."""
        return self.cleaned_data["from"], self.cleaned_data["to"]
