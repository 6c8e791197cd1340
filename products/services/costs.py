"""Correcting what stock is worth, without moving any."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import FieldRefused, InvalidLine, NothingToPost
from products.models import Location, Operation, StockMovement
from products.services.chain import VALUE_STEP
from products.services.ledger import post
from products.services.levels import open_stock
from products.services.lines import Line
from products.services.operations import Circumstances, start_operation


@dataclass(frozen=True, slots=True)
class Correction:
    """What one unit of a product is worth, in the shop's currency.

    At these locations, or wherever there is stock when `location_ids` is None. What is
    on the way keeps the value that its transfer carries along until it has arrived.
    """

    product_id: int
    unit_cost: Decimal
    location_ids: Collection[int] | None = None


@transaction.atomic
def correct_cost(*, correction: Correction, circumstances: Circumstances) -> Operation:
    """Give the stock of a product another value; quantities stay.

    One movement of kind “revalued” for each location whose value changes. What was
    sold before keeps the cost it had. Locks the product and its levels.

    Raises FieldRefused without a reason, NothingToPost where no value changes,
    InvalidLine for a cost below zero or a value too large, ProductGone.
    """
    if not circumstances.reason.strip():
        raise FieldRefused({"reason": [_("Say why, for whoever looks later.")]})
    if correction.unit_cost < 0:
        raise InvalidLine(_("A cost can't be below zero."))
    operation, is_new = start_operation(Operation.Kind.COST_CORRECTED, circumstances)
    if not is_new:
        return operation
    now = circumstances.now or timezone.now()
    stock = open_stock([correction.product_id], now=now)
    transit = Location.objects.filter(kind=Location.Kind.TRANSIT)
    on_the_way = set(transit.values_list("pk", flat=True))
    asked = correction.location_ids
    lines = [
        Line(
            level.product_id,
            level.location_id,
            StockMovement.Kind.REVALUED,
            value_delta=_value(correction.unit_cost, level.on_hand) - level.value,
        )
        for level in stock.levels.values()
        if level.on_hand
        and level.location_id not in on_the_way
        and (asked is None or level.location_id in asked)
    ]
    if not post(operation, lines, now=now):
        raise NothingToPost(_("The stock is worth that already. Nothing was posted."))
    return operation


def _value(unit_cost: Decimal, units: int) -> Decimal:
    return (unit_cost * units).quantize(VALUE_STEP)
