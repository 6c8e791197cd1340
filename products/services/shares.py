"""Where the units of a hold come from: which place gives how many."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from products.errors import InsufficientStock, InvalidLine, Short
from products.models import MAX_QUANTITY, Location
from products.services.levels import Stock
from products.services.locking import LevelKey


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units of a product to hold; None as location takes them by priority."""

    product_id: int
    quantity: int
    location_id: int | None = None


def check_wanted(wanted: Sequence[Wanted]) -> None:
    """Raise InvalidLine for a quantity that no hold can have."""
    if any(not 0 < line.quantity <= MAX_QUANTITY for line in wanted):
        raise InvalidLine(_refused_quantity())


def share_out(wanted: Sequence[Wanted], stock: Stock) -> dict[LevelKey, int]:
    """Say how many units each open level gives to the lines together; one query.

    A line without a location takes from the default one first, then from the others in
    their order. Raises InsufficientStock naming every short line; InvalidLine for a
    place that is no stock location, or for more than one hold can have.
    """
    names = {place.pk: place.name for place in Location.objects.stocked()}
    if any(line.location_id not in {None, *names} for line in wanted):
        raise InvalidLine(_("Choose a location in use that holds stock."))
    held = {key: level.reserved for key, level in stock.levels.items()}
    left = {key: level.available for key, level in stock.levels.items()}
    shares: dict[LevelKey, int] = defaultdict(int)
    shorts: list[Short] = []
    # Lines that name their place go first: the others can take from elsewhere.
    for line in sorted(wanted, key=lambda line: line.location_id is None):
        asked = names if line.location_id is None else [line.location_id]
        missing = line.quantity
        keys = [(line.product_id, place) for place in asked]
        for key in keys:
            taken = min(missing, left.get(key, 0))
            if taken > 0:
                shares[key] += taken
                left[key] -= taken
                missing -= taken
        if missing:
            shorts.append(
                Short(
                    sku=stock.products[line.product_id].sku,
                    location=names.get(line.location_id or 0) or _("all locations"),
                    wanted=line.quantity,
                    available=line.quantity - missing,
                    held=sum(held.get(key, 0) for key in keys),
                    product_id=line.product_id,
                )
            )
    if shorts:
        raise InsufficientStock(shorts)
    if any(units > MAX_QUANTITY for units in shares.values()):
        raise InvalidLine(_refused_quantity())
    return shares


def _refused_quantity() -> str:
    return _("Hold between 1 and %(most)d units.") % {"most": MAX_QUANTITY}
