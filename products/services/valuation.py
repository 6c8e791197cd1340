"""What stock is worth: moving average per product and location."""

from decimal import Decimal

from django.utils.translation import gettext as _

from products.errors import InvalidLine
from products.models import StockLevel
from products.services.chain import COST_STEP, VALUE_STEP

ZERO = Decimal(0)
COST_LIMIT = 10**9  # of the column; undone receipts can leave a unit with more
VALUE_LIMIT = 10**11  # of the column; SQLite would store more, and never read it again


def value_change(
    level: StockLevel,
    delta: int,
    *,
    unit_cost: Decimal | None,
    fallback: Decimal | None,
    exact: Decimal | None,
) -> tuple[Decimal | None, Decimal]:
    """Return the unit cost and the change in value of moving `delta` units.

    What comes in is worth its `unit_cost`, else the average, else `fallback`, else it
    is unknown and counts nothing. What goes out takes the average along. `exact`
    overrides the sum, for revaluations, arrivals and reversals. At zero on hand the
    value is zero: the rounding left over goes into the same movement; and it is never
    negative.

    Raises InvalidLine when the stock would be worth more than can be stored.
    """
    average = level.value / level.on_hand if level.on_hand and level.value else None
    if unit_cost is None:
        unit_cost = fallback if average is None and delta > 0 else average
    change = (unit_cost or ZERO) * delta if exact is None else exact
    change = change.quantize(VALUE_STEP)
    if level.on_hand + delta == 0 or level.value + change < 0:
        change = -level.value
    if level.value + change >= VALUE_LIMIT:
        raise InvalidLine(
            _(
                "Stock at this cost is worth more than can be booked."
                " Check the quantity and the cost."
            )
        )
    if delta == 0 and level.on_hand:  # a revaluation: what each unit is worth from now
        unit_cost = (level.value + change) / level.on_hand
    elif exact is not None and delta:  # what these units are worth, not the others
        unit_cost = change / delta if change else None
    if unit_cost is None or unit_cost >= COST_LIMIT:
        return None, change
    return unit_cost.quantize(COST_STEP), change
