"""The stored levels: opened, saved, and put away with their product."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef

from products.errors import Unreadable
from products.models import Product, StockLevel, StockMovement
from products.services.holds import close_due
from products.services.inserting import insert_rows, update_rows
from products.services.locking import LevelKey, batches, lock_for_posting, lock_levels
from products.services.totals import save_totals
from products.services.valuation import ZERO

FIGURES = (
    *("on_hand", "reserved", "value"),
    *("last_sequence", "last_hash", "last_recorded_at"),
)
"""The columns of a level that movements change."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Locked rows: products by id, and every level they have by key."""

    products: dict[int, Product]
    """With what a movement needs of them; see `lock_for_posting`."""
    levels: dict[LevelKey, StockLevel]


def open_stock(
    product_ids: Collection[int],
    *,
    now: datetime,
    cursor: CursorWrapper | None = None,
) -> Stock:
    """Lock products by id, then their levels by key; holds whose time is up expire.

    Every service that decides by figures begins here, inside its transaction. Two
    queries per 5,000 products; one more where something is held. Raises ProductGone.
    """
    products = lock_for_posting(product_ids, cursor)
    levels = lock_levels(products.keys(), cursor)
    _refuse_spoilt(levels.values())
    freed = close_due(levels.values(), now)
    for key, units in freed.items():
        levels[key].reserved -= units
    if freed:
        save_levels([levels[key] for key in freed])
        save_totals({key[0] for key in freed})
    return Stock(products, levels)


def _refuse_spoilt(levels: Collection[StockLevel]) -> None:
    """Raise Unreadable where the time of the last movement reads as none."""
    for level in levels:
        if level.last_recorded_at is None and level.last_sequence:
            options = level._meta
            time = options.get_field("last_recorded_at").verbose_name
            raise Unreadable(str(options.verbose_name), str(time), level.pk)


def save_levels(levels: list[StockLevel], cursor: CursorWrapper | None = None) -> None:
    """Insert the new levels and update the others of locked products."""
    known = [level for level in levels if not level._state.adding]
    if len(known) < len(levels):
        new = [level for level in levels if level._state.adding]
        insert_rows(new, cursor=cursor)
    update_rows(known, FIGURES, cursor)


def make_level(key: LevelKey) -> StockLevel:
    """Store an empty level of a locked product that has none there; one statement."""
    product_id, location_id = key
    return StockLevel.objects.create(
        product_id=product_id, location_id=location_id, value=ZERO
    )


def close_levels(levels: Collection[StockLevel]) -> None:
    """Delete the emptied levels of products about to go; save the others as they are.

    One statement per 5,000. A level that isn't empty keeps its product.
    """
    empty = {it.pk for it in levels if it.pk and not it.on_hand and not it.reserved}
    for batch in batches(empty):
        StockLevel.objects.filter(pk__in=batch).delete()
    save_levels([level for level in levels if level.pk not in empty])


def forget_levels(product_ids: Collection[int]) -> None:
    """Delete the emptied levels of products about to go; one query per 5,000."""
    for batch in batches(product_ids):
        StockLevel.objects.filter(product_id__in=batch, on_hand=0, reserved=0).delete()


def reopen_levels(
    product_ids: Collection[int], *, places: Collection[LevelKey] = ()
) -> dict[LevelKey, StockLevel]:
    """Give products that came back their levels: empty, each at the end of its chain.

    Those of `places` are made even where nothing ever moved. Two queries per 5,000, one
    more for such places. The products' rows are new in this transaction, so nobody else
    can make a level of them meanwhile.
    """
    later = StockMovement.objects.filter(
        product_id=OuterRef("product_id"),
        location_id=OuterRef("location_id"),
        sequence__gt=OuterRef("sequence"),
    )
    made: dict[LevelKey, StockLevel] = {}
    for batch in batches(product_ids):
        rows = StockMovement.objects.filter(product_id__in=batch).order_by()
        for last in rows.filter(~Exists(later)):
            key = (last.product_id or 0, last.location_id)  # movement_has_product
            made[key] = StockLevel(
                product_id=key[0],
                location_id=key[1],
                value=ZERO,
                last_sequence=last.sequence,
                last_hash=last.hash,
                last_recorded_at=last.recorded_at,
            )
    for product_id, location_id in set(places) - made.keys():
        made[product_id, location_id] = StockLevel(
            product_id=product_id, location_id=location_id, value=ZERO
        )
    insert_rows(list(made.values()))
    return {(level.product_id, level.location_id): level for level in made.values()}
