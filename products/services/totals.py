"""The running totals of a product, derived from its levels."""

from collections.abc import Collection

from django.db.backends.utils import CursorWrapper

from products.models import Location, StockLevel
from products.services.locking import batches, kind_of_place
from products.services.rows import using

STOCK, TRANSIT = Location.Kind.STOCK.value, Location.Kind.TRANSIT.value

# Written out, because it is in every operation: Django took longer to make it of three
# subqueries than everything else in a small operation takes.
_SAVE_TOTALS = """
UPDATE products_product SET
on_hand = COALESCE((
    SELECT SUM(lv.on_hand) FROM products_stocklevel lv
    INNER JOIN products_location place ON place.id = lv.location_id
    WHERE lv.product_id = products_product.id AND place.kind = 'stock'), 0),
reserved = COALESCE((
    SELECT SUM(lv.reserved) FROM products_stocklevel lv
    INNER JOIN products_location place ON place.id = lv.location_id
    WHERE lv.product_id = products_product.id AND place.kind = 'stock'), 0),
in_transit = COALESCE((
    SELECT SUM(lv.on_hand) FROM products_stocklevel lv
    INNER JOIN products_location place ON place.id = lv.location_id
    WHERE lv.product_id = products_product.id AND place.kind = 'transit'), 0)
"""


_SAVE_KNOWN_TOTALS = """
UPDATE products_product SET on_hand = %s, reserved = %s, in_transit = %s WHERE id = %s
"""


def save_totals(
    product_ids: Collection[int], cursor: CursorWrapper | None = None
) -> None:
    """Write on hand, held and in transit of the locked products.

    A statement per 5,000 products.
    """
    with using(cursor) as own:
        for batch in batches(product_ids):
            marks = ", ".join(["%s"] * len(batch))
            own.execute(f"{_SAVE_TOTALS} WHERE id IN ({marks})", batch)


def save_totals_of_one(
    product_id: int, levels: Collection[StockLevel], cursor: CursorWrapper
) -> None:
    """Write the totals of a locked product, of which these are all levels as stored.

    The database needn't look at the levels again, unless one of them is new. One
    statement.
    """
    stocked = [level for level in levels if kind_of_place(level) == STOCK]
    moving = [level for level in levels if kind_of_place(level) == TRANSIT]
    if len(stocked) + len(moving) < len(levels):
        save_totals([product_id], cursor)
        return
    totals = [
        sum(level.on_hand for level in stocked),
        sum(level.reserved for level in stocked),
        sum(level.on_hand for level in moving),
    ]
    cursor.execute(_SAVE_KNOWN_TOTALS, [*totals, product_id])
