"""One line of an operation, before the ledger makes a movement of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from products.errors import InvalidLine
from products.models import MAX_QUANTITY, Location, Product, StockMovement


@dataclass(frozen=True, slots=True)
class Line:
    """One change to one level.

    Say `delta`, or `counted` for "make it this many", or `value_delta` alone for a
    revaluation. Quantities in base units; `unit_cost` in the shop's currency, only
    for what comes in; None means the average, else the product's cost, else unknown.
    """

    product_id: int
    location_id: int
    kind: StockMovement.Kind
    delta: int = 0
    counted: int | None = None
    unit_cost: Decimal | None = None
    value_delta: Decimal | None = None
    is_arrival: bool = False
    """The other side of the line before it: worth what that one took away."""
    effective_at: datetime | None = None
    """The business date, where lines of one operation have different ones."""


def check_line(line: Line) -> None:
    """Raise InvalidLine for a line that no ledger could hold."""
    amount = line.delta if line.counted is None else line.counted
    if abs(amount) > MAX_QUANTITY:
        raise InvalidLine(
            _("One line can move %(most)d units at most.") % {"most": MAX_QUANTITY}
        )
    if line.counted is not None and line.counted < 0:
        raise InvalidLine(_("A count can't be below zero."))
    if line.unit_cost is not None and line.unit_cost < 0:
        raise InvalidLine(_("A cost can't be below zero."))


def check_place(delta: int, product: Product, location: Location) -> None:
    """Raise InvalidLine where something would be put into a location out of use."""
    if delta > 0 and not location.is_active:
        raise InvalidLine(
            _("“%(location)s” is not in use, so “%(product)s” can't go there.")
            % {"location": location.name, "product": product.name}
        )
