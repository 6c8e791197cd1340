"""The forms of deliveries and sales: the head, and the lines that come with it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from products.forms.days import PastDayField
from products.forms.document_lines import DocumentLines
from products.forms.offering import ask_where
from products.forms.once import OnceForm
from products.forms.questions import currency_symbol
from products.models import Location, Operation

NOON = time(12)  # of a day somebody names; it is nowhere near another day


class DocumentForm(OnceForm):
    """Where, under which reference, on which day; and `lines`.

    `typed` is what was sent to be shown again without being checked: a line was added
    or taken out. A shop with one location is not asked where. One query, and those of
    the lines.
    """

    code = forms.CharField(
        label=gettext_lazy("SKU, barcode or name"),
        required=False,
        max_length=255,
    )
    pasted = forms.CharField(
        label=gettext_lazy("Lines of SKU and quantity"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("One product a line, such as “MUG-BLUE 12”."),
    )
    location = forms.ModelChoiceField(
        Location.objects.none(), label=gettext_lazy("Where"), empty_label=None
    )
    reference = forms.CharField(
        required=False, max_length=Operation._meta.get_field("reference").max_length
    )
    effective_on = PastDayField()

    location_label = gettext_lazy("Where")
    reference_label = gettext_lazy("Reference")
    day_label = gettext_lazy("Day")

    def __init__(
        self,
        *args: Any,
        asks_cost: bool,
        typed: MultiValueDict | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asks_cost = asks_cost
        sent = self.data if self.is_bound else typed
        self._ask_place()
        self.fields["reference"].label = self.reference_label
        self.fields["reference"].widget.attrs["autocomplete"] = "off"
        day = self.fields["effective_on"]
        day.label, day.initial = self.day_label, timezone.localdate
        if typed is not None:
            shown = {name: typed.get(name, "") for name in self.fields}
            self.initial.update((name, text) for name, text in shown.items() if text)
        chosen = sent.get("location") if sent else self.initial.get("location")
        self.place = self._place(chosen)
        self.lines = self.make_lines()
        if isinstance(sent, MultiValueDict):
            self.lines.load(sent)

    def make_lines(self) -> DocumentLines:
        """Return the lines, none so far, with the stock of the place."""
        return DocumentLines(self.place.pk, with_cost=self.asks_cost)

    @property
    def currency_sign(self) -> str:
        return currency_symbol()

    def clean_code(self) -> str:
        """Refuse a code that was not added: it would be lost."""
        if self.cleaned_data["code"]:
            raise forms.ValidationError(_("Add this first, or clear the field."))
        return ""

    def clean_pasted(self) -> str:
        if self.cleaned_data["pasted"].strip():
            raise forms.ValidationError(_("Add these lines first, or clear them."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.lines.gone:
            text = ngettext(
                "A product was deleted meanwhile. Its line is gone: look at the rest.",
                "%(count)d products were deleted meanwhile. Their lines are gone: look"
                " at the rest.",
                self.lines.gone,
            )
            self.add_error(None, text % {"count": self.lines.gone})
        elif not self.lines and "code" not in self.errors:
            self.add_error("code", _("Add a product first: scan it, or type its name."))
        return cleaned

    def effective_at(self) -> datetime | None:
        """Return noon of the named day, None for today: it is happening now."""
        day: date = self.cleaned_data["effective_on"]
        if day == timezone.localdate():
            return None
        return timezone.make_aware(datetime.combine(day, NOON))

    def _ask_place(self) -> None:
        self.fields["location"].label = self.location_label
        self.places = ask_where(self)

    def _place(self, chosen: Any) -> Location:
        matching = [place for place in self.places if str(place.pk) == str(chosen)]
        return [*matching, *self.places][0]


class StockReceiveForm(DocumentForm):
    """A delivery."""

    location_label = gettext_lazy("Into")
    reference_label = gettext_lazy("Delivery note")
    day_label = gettext_lazy("Received on")


class StockSellForm(DocumentForm):
    """A sale."""

    location_label = gettext_lazy("From")
    reference_label = gettext_lazy("Receipt number")
    day_label = gettext_lazy("Sold on")
