"""Every row lock of the shop, in one order: document or operation, closing, products
by id, levels by key, holds by id.

A `select_for_update()` that is not evaluated locks nothing, so each helper evaluates
its query and hands out the locked rows; read numbers from those only. SQLite has no
row locks: there every transaction is IMMEDIATE and thus the only writer.
"""

from collections.abc import Collection, Iterator

from django.db import connection, transaction

from products.errors import CannotUndo, DocumentGone, ProductGone
from products.models import (
    Closing,
    Hold,
    ImportRun,
    Location,
    Operation,
    Product,
    StockLevel,
    Stocktake,
    Transfer,
)

BATCH = 5_000  # ids in one statement; SQLite allows 32,766 parameters

_SHARED = {"postgresql": " FOR SHARE", "mysql": " LOCK IN SHARE MODE"}

LevelKey = tuple[int, int]  # product id, location id


def batches(ids: Collection[int]) -> Iterator[list[int]]:
    """Yield the distinct ids in order, as many at a time as one statement takes."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def lock_products(product_ids: Collection[int]) -> dict[int, Product]:
    """Lock the products in id order and return them by id; a query per 5,000.

    Raises ProductGone naming every id that no longer exists.
    """
    locked: dict[int, Product] = {}
    for batch in batches(product_ids):
        rows = Product.objects.filter(pk__in=batch).order_by("pk")
        locked.update((product.pk, product) for product in rows.select_for_update())
    gone = set(product_ids) - locked.keys()
    if gone:
        raise ProductGone(sorted(gone))
    return locked


def lock_levels(product_ids: Collection[int]) -> dict[LevelKey, StockLevel]:
    """Lock every level of the products in key order; a query per 5,000 products.

    Lock the products first: whoever holds a product may create its levels.
    """
    locked: dict[LevelKey, StockLevel] = {}
    for batch in batches(product_ids):
        rows = StockLevel.objects.filter(product_id__in=batch)
        ordered = rows.order_by("product_id", "location_id").select_for_update()
        locked.update(((row.product_id, row.location_id), row) for row in ordered)
    return locked


def lock_stock(product_ids: Collection[int]) -> set[int]:
    """Lock the products that are there, then their levels, and load none of them.

    Returns the ids of those products; two queries per 5,000. For work on more of them
    than fit into memory, which then reads them 5,000 at a time.
    """
    there: set[int] = set()
    for batch in batches(product_ids):
        products = Product.objects.filter(pk__in=batch).order_by("pk")
        there.update(products.select_for_update().values_list("pk", flat=True))
    for batch in batches(there):
        levels = StockLevel.objects.filter(product_id__in=batch)
        ordered = levels.order_by("product_id", "location_id").select_for_update()
        list(ordered.values_list("pk", flat=True))
    return there


def lock_operation(operation_id: int) -> Operation:
    """Lock one operation, against two people undoing it at once; one query."""
    operation = Operation.objects.filter(pk=operation_id).select_for_update().first()
    if operation is None:
        raise CannotUndo(["It is not in the records."])
    return operation


def lock_locations() -> dict[int, Location]:
    """Lock every location in id order, alone, to move the default; one query."""
    rows = Location.objects.order_by("pk").select_for_update()
    return {location.pk: location for location in rows}


def share_locations(location_ids: Collection[int]) -> dict[int, Location]:
    """Return the locations by id; nobody can put one out of use until we are done.

    Others share them: only `lock_locations` waits. One query, which Django has no
    words for. On SQLite the transaction itself is the lock.
    """
    ids = sorted(set(location_ids))
    marks = ", ".join(["%s"] * len(ids))
    rows = Location.objects.raw(
        f"SELECT * FROM products_location WHERE id IN ({marks}) ORDER BY id"  # noqa: S608
        + _SHARED.get(connection.vendor, ""),
        ids,
    )
    return {location.pk: location for location in rows}


def lock_transfer(transfer_id: int) -> Transfer:
    """Lock one transfer, alone, before its lines are read; one query.

    Raises DocumentGone.
    """
    rows = Transfer.objects.filter(pk=transfer_id)
    transfer = rows.select_for_update().first()
    if transfer is None:
        raise DocumentGone
    return transfer


def lock_stocktake(stocktake_id: int) -> Stocktake:
    """Lock one stocktake, alone, before its lines are read; one query.

    Raises DocumentGone.
    """
    rows = Stocktake.objects.filter(pk=stocktake_id)
    stocktake = rows.select_for_update().first()
    if stocktake is None:
        raise DocumentGone
    return stocktake


def lock_holds(hold_ids: Collection[int]) -> dict[int, Hold]:
    """Lock the holds in id order and return them by id; a query per 5,000.

    Lock their products and levels first. What is gone is left out.
    """
    locked: dict[int, Hold] = {}
    for batch in batches(hold_ids):
        rows = Hold.objects.filter(pk__in=batch).order_by("pk").select_for_update()
        locked.update((hold.pk, hold) for hold in rows)
    return locked


def lock_closing() -> Closing | None:
    """Return the closing in force, which nobody can move until we are done.

    Two queries: the first row is the lock, because the last one is whichever was
    added while we waited.
    """
    Closing.objects.order_by("pk").select_for_update().first()
    return Closing.objects.current()


@transaction.atomic
def is_import_held(run_id: int) -> bool:
    """Say whether a transaction is writing an import just now; one query.

    Waits for nobody. False also where the database can't tell.
    """
    if not connection.features.has_select_for_update_skip_locked:
        return False
    run = ImportRun.objects.filter(pk=run_id).select_for_update(skip_locked=True)
    return run.first() is None
