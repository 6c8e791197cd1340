"""Where in a location a product stands, and when it is ordered for there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from products.errors import InvalidLine
from products.models import Location, StockLevel
from products.services.levels import make_level
from products.services.locking import lock_levels, lock_products
from products.services.stock import Place

ROWS = 500  # in one UPDATE of a bulk_update


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a product has at one location: a shelf code and its own reorder figures.

    None as a figure: the product's own, which is for the whole shop, stands.
    """

    shelf: str = ""
    reorder_point: int | None = None
    reorder_quantity: int | None = None


@transaction.atomic
def arrange_level(*, place: Place, wanted: Arrangement) -> None:
    """Write what a product has at a location, also before any stock is there.

    Locks the product, then its levels. Raises ProductGone; InvalidLine for a place
    that takes no stock.
    """
    is_stock = Location.objects.filter(
        pk=place.location_id, kind=Location.Kind.STOCK
    ).exists()
    if not is_stock:
        raise InvalidLine(_("No stock can stand there."))
    lock_products([place.product_id])
    levels = lock_levels([place.product_id])
    key = (place.product_id, place.location_id)
    level = levels.get(key) or make_level(key)
    level.shelf = wanted.shelf
    level.reorder_point = wanted.reorder_point
    level.reorder_quantity = wanted.reorder_quantity
    StockLevel.objects.bulk_update(
        [level], ["shelf", "reorder_point", "reorder_quantity"]
    )


@transaction.atomic
def assign_shelves(*, shelves: Mapping[Place, str]) -> None:
    """Write the shelf code of each place; a place without a level has no shelf.

    A level is made by its first movement. Locks the products, then their levels, and
    writes a statement per ROWS levels. Raises ProductGone.
    """
    lock_products({place.product_id for place in shelves})
    levels = lock_levels({place.product_id for place in shelves})
    changed: list[StockLevel] = []
    for place, shelf in shelves.items():
        level = levels.get((place.product_id, place.location_id))
        if level is not None and level.shelf != shelf:
            level.shelf = shelf
            changed.append(level)
    StockLevel.objects.bulk_update(changed, ["shelf"], batch_size=ROWS)
