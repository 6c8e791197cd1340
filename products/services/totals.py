"""The running totals of a product, derived from its levels."""

from collections.abc import Collection

from django.db import connection

from products.services.locking import batches

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


def save_totals(product_ids: Collection[int]) -> None:
    """Write on hand, held and in transit of the locked products.

    A statement per 5,000 products.
    """
    with connection.cursor() as cursor:
        for batch in batches(product_ids):
            marks = ", ".join(["%s"] * len(batch))
            cursor.execute(f"{_SAVE_TOTALS} WHERE id IN ({marks})", batch)
