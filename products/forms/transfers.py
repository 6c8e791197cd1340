"""The forms of a transfer: written, stepped on, received."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.documents import DocumentForm
from products.forms.fields import QuantityField
from products.forms.offering import offer_places
from products.forms.once import OnceForm, set_sent
from products.models import Location, Operation, Transfer, TransferLine
from products.services.transfer_drafts import Draft
from products.services.transfer_lines import Arrival
from products.services.transfers import Item, Route

VERSION = QuantityField(required=False, widget=forms.HiddenInput())
ARRIVED = QuantityField(required=False)
STILL_COMING, LOST = "coming", "lost"


class TransferForm(DocumentForm):
    """From where to where, and the lines; for shops with several locations.

    A draft has no day (`asks_day`): it moves when it is sent.
    """

    destination = forms.ModelChoiceField(
        Location.objects.none(), label=gettext_lazy("To"), empty_label=None
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=Transfer._meta.get_field("note").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = VERSION

    location_label = gettext_lazy("From")
    reference_label = gettext_lazy("Reference")
    day_label = gettext_lazy("Moved on")

    def __init__(self, *args: Any, asks_day: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_day:
            del self.fields["effective_on"]
        others = (place for place in self.places if place != self.place)
        offer_places(self, "destination", next(others, None))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("destination") == self.place:
            self.add_error("destination", _("Choose two different locations."))
        return cleaned

    @property
    def route(self) -> Route:
        return Route(self.place.pk, self.cleaned_data["destination"].pk)

    @property
    def items(self) -> list[Item]:
        return [Item(line.product.pk, line.units or 0) for line in self.lines]

    def draft(self) -> Draft:
        """Return what the form says, to keep until it is sent."""
        cleaned = self.cleaned_data
        return Draft(self.route, self.items, cleaned["reference"], cleaned["note"])


class TransferStepForm(OnceForm):
    """A step without anything to fill in, for the version that was seen."""

    version = VERSION


@dataclass(slots=True)
class ArrivalRow:
    """What somebody types about one line: how many came, and what of the rest."""

    line: TransferLine
    shelf: str = ""
    arrived: str = ""
    rest: str = STILL_COMING
    units: int = 0
    error: str = ""

    @property
    def name(self) -> str:
        """What is moved, in words; the SKU of a product that is gone."""
        return self.line.product.name if self.line.product else self.line.sku

    @property
    def is_lost(self) -> bool:
        return self.rest == LOST

    def read(self) -> None:
        """Say what the text means, or what is wrong with it."""
        try:
            self.units = ARRIVED.clean(self.arrived) or 0
        except ValidationError as error:
            self.error = " ".join(error.messages)

    def arrival(self) -> Arrival:
        """Return what came of the line; more than was on the way is extra."""
        expected = self.line.outstanding
        received = min(self.units, expected)
        return Arrival(
            received=received,
            lost=expected - received if self.is_lost else 0,
            extra=self.units - received,
        )


class TransferReceiveForm(TransferStepForm):
    """What arrived, line by line; a difference needs its reason.

    `lines` are those with something still on the way, `shelves` where their products
    stand at the destination.
    """

    code = forms.CharField(
        label=gettext_lazy("Scan what arrived, or type a SKU"),
        required=False,
        max_length=255,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the difference"),
        required=False,
        max_length=Operation._meta.get_field("reason").max_length,
        help_text=gettext_lazy("Needed when something is missing or too many came."),
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[TransferLine],
        shelves: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [
            ArrivalRow(line, shelf=shelves.get(line.product_id or 0, ""))
            for line in lines
        ]
        if self.is_bound:
            for row in self.rows:
                row.arrived = str(self.data.get(f"arrived-{row.line.pk}", ""))
                row.rest = str(self.data.get(f"rest-{row.line.pk}", ""))
                row.read()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "everything" in self.data:
            for row in self.rows:
                row.units, row.rest, row.error = row.line.outstanding, "", ""
        if any(row.error for row in self.rows):
            self.add_error(None, _("Mend the quantities below."))
        return cleaned

    def arrivals(self) -> dict[int, Arrival]:
        return {row.line.pk: row.arrival() for row in self.rows}

    def count_one(self, product_id: int) -> ArrivalRow | None:
        """Count one unit more of a product; None for one that is not on the way."""
        for row in self.rows:
            if row.line.product_id == product_id:
                row.units += 1
                row.arrived = str(row.units)
                set_sent(self, "code", "")
                return row
        return None
