"""One line of a document as its form brings it: typed texts beside a product."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products.errors import Short
from products.forms.fields import AmountField, QuantityField, grouped
from products.models import Product

QUANTITY = QuantityField(least=1)
COST = AmountField(places=6, limit=10**9, required=False)


@dataclass(slots=True)
class DocumentLine:
    """One line; `on_hand` and `held` at the document's location.

    `quantity` and `cost` are the texts, `units` and `unit_cost` what they say, None
    where they say nothing. `found` is how many units the person has in hand although
    the book says they are gone.
    """

    product: Product
    quantity: str = "1"
    cost: str = ""
    found: int = 0
    on_hand: int = 0
    held: int = 0
    units: int | None = None
    unit_cost: Decimal | None = None
    errors: dict[str, str] = field(default_factory=dict)
    short: Short | None = None
    can_find: bool = True  # whether what is short may be booked as found

    @property
    def available(self) -> int:
        return self.on_hand - self.held

    @property
    def value(self) -> Decimal | None:
        """What the line is worth; None without a cost."""
        if self.units is None or self.unit_cost is None:
            return None
        return self.units * self.unit_cost

    @property
    def options(self) -> str:
        """Which variant it is, where the name doesn't say it."""
        options = self.product.options
        return "" if options in self.product.name else options

    @property
    def found_offer(self) -> int:
        """How many units the person may say are here, or said already; 0 for none."""
        if not self.can_find:
            return 0
        return self.short.missing if self.short else self.found

    @property
    def short_text(self) -> str:
        """What is wrong, and why; empty where nothing is."""
        if self.short is None:
            return ""
        short = self.short
        facts = {
            "short": grouped(short.wanted - short.available),
            "available": grouped(short.available),
            "on_hand": grouped(short.available + short.held),
            "held": grouped(short.held),
        }
        if short.held:
            text = _("%(short)s short: %(available)s available, %(held)s held.")
        elif self.can_find:
            text = _("%(short)s short: the book has %(on_hand)s.")
        else:
            text = _("%(short)s short: %(on_hand)s on hand. Lower the quantity.")
        return text % facts

    def problems(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield each problem of the line with the field where it is mended."""
        for name, text in self.errors.items():
            yield f"{name}-{number}", text
        if self.short:
            yield f"quantity-{number}", self.short_text

    def read(self) -> None:
        """Say what the texts mean, or what is wrong with them."""
        self.errors = {}
        self.units = self._read(QUANTITY, "quantity", self.quantity)
        self.unit_cost = self._read(COST, "cost", self.cost)

    def _read(self, meaning: forms.Field, name: str, text: str) -> Any:
        try:
            return meaning.clean(text)
        except ValidationError as error:
            self.errors[name] = " ".join(error.messages)
            return None
