"""Every row lock of the shop, in one order: document or operation, closing, products
by id, levels by key, holds by id.

A `select_for_update()` that is not evaluated locks nothing, so each helper evaluates
its query and hands out the locked rows; read numbers from those only. SQLite has no
row locks: there every transaction is IMMEDIATE and thus the only writer.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from products.errors import CannotUndo, DocumentGone, ProductGone
from products.models import (
    Closing,
    Hold,
    ImportRun,
    Location,
    Operation,
    Product,
    SavedView,
    StockLevel,
    Stocktake,
    Transfer,
)
from products.models.stored import noting_times, refuse_spoilt_times
from products.services.rows import fetch, using

BATCH = 5_000  # ids in one statement; SQLite allows 32,766 parameters

# In every sale, so written out; they are what `select_for_update` would send.
_PRODUCTS = "WHERE id IN ({ids}) ORDER BY id{for_update}"
_LEVELS = "WHERE product_id IN ({ids}) ORDER BY product_id, location_id{for_update}"
_LOCATIONS = "WHERE id IN ({ids}) ORDER BY id{for_share}"

# Which of the product's totals a level counts in; no kind ever changes.
_KIND = (
    "place_kind",
    "(SELECT kind FROM products_location place WHERE place.id = location_id)",
)
_OF_PLACES = ("name", "is_active")  # what is asked of a location that is shared

_FOR_UPDATE = {"postgresql": " FOR UPDATE", "mysql": " FOR UPDATE"}
_FOR_SHARE = {"postgresql": " FOR SHARE", "mysql": " LOCK IN SHARE MODE"}

Row = TypeVar("Row", bound=Model)
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
    return _lock_products(product_ids)


def lock_for_posting(
    product_ids: Collection[int], cursor: CursorWrapper | None = None
) -> dict[int, Product]:
    """Lock the products like `lock_products`, but read only what a movement needs.

    Every other column is asked for when it is used.
    """
    return _lock_products(product_ids, ("sku", "name", "cost"), cursor)


def _lock_products(
    product_ids: Collection[int],
    only: tuple[str, ...] = (),
    cursor: CursorWrapper | None = None,
) -> dict[int, Product]:
    locked: dict[int, Product] = {}
    for batch in batches(product_ids):
        rows = _lock(Product, _PRODUCTS, batch, cursor, only=only)
        locked.update((row.id, row) for row in rows)
    gone = set(product_ids) - locked.keys()
    if gone:
        raise ProductGone(sorted(gone))
    return locked


def lock_levels(
    product_ids: Collection[int], cursor: CursorWrapper | None = None
) -> dict[LevelKey, StockLevel]:
    """Lock every level of the products in key order; a query per 5,000 products.

    Lock the products first: whoever holds a product may create its levels.
    """
    locked: dict[LevelKey, StockLevel] = {}
    for batch in batches(product_ids):
        rows = _lock(StockLevel, _LEVELS, batch, cursor, also=_KIND)
        locked.update(((row.product_id, row.location_id), row) for row in rows)
    return locked


def kind_of_place(level: StockLevel) -> str | None:
    """Return the kind of the location of a locked level; None for any other level."""
    return vars(level).get(_KIND[0])


def _lock(
    model: type[Row],
    condition: str,
    ids: Sequence[int],
    cursor: CursorWrapper | None,
    **how: Any,
) -> list[Row]:
    """Return the rows, locked; TransactionManagementError where nothing keeps them."""
    with using(cursor) as own:
        if not own.db.in_atomic_block:
            raise TransactionManagementError("A lock needs a transaction.")
        written = _written(condition, len(ids), own.db.vendor)
        return fetch(model, written, ids, cursor=own, **how)


@lru_cache(maxsize=32)
def _written(condition: str, count: int, vendor: str) -> str:
    """Return the condition for so many ids on this kind of database."""
    return condition.format(
        ids=", ".join(["%s"] * count),
        for_update=_FOR_UPDATE.get(vendor, ""),
        for_share=_FOR_SHARE.get(vendor, ""),
    )


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


def share_locations(
    location_ids: Collection[int], cursor: CursorWrapper | None = None
) -> dict[int, Location]:
    """Return the locations by id; nobody can put one out of use until we are done.

    Others share them: only `lock_locations` waits. One query, which Django has no
    words for. On SQLite the transaction itself is the lock.
    """
    ids = sorted(set(location_ids))
    rows = _lock(Location, _LOCATIONS, ids, cursor, only=_OF_PLACES)
    return {location.pk: location for location in rows}


def lock_transfer(transfer_id: int) -> Transfer:
    """Lock one transfer, alone, before its lines are read; one query.

    Raises DocumentGone.
    """
    return _lock_document(Transfer, transfer_id)


def lock_stocktake(stocktake_id: int) -> Stocktake:
    """Lock one stocktake, alone, before its lines are read; one query.

    Raises DocumentGone.
    """
    return _lock_document(Stocktake, stocktake_id)


def _lock_document(model: type[Row], pk: int) -> Row:
    rows = noting_times(model._default_manager.filter(pk=pk))
    document = rows.select_for_update().first()
    if document is None:
        raise DocumentGone
    return refuse_spoilt_times(document)


def lock_holds(hold_ids: Collection[int]) -> dict[int, Hold]:
    """Lock the holds in id order and return them by id; a query per 5,000.

    Lock their products and levels first. What is gone is left out.
    """
    locked: dict[int, Hold] = {}
    for batch in batches(hold_ids):
        rows = noting_times(Hold.objects.filter(pk__in=batch)).order_by("pk")
        for hold in rows.select_for_update():
            locked[hold.pk] = refuse_spoilt_times(hold)
    return locked


def lock_views_of(user_id: int) -> dict[int, SavedView]:
    """Lock a person, alone, and return their saved views by id, in order; two queries.

    The person is the lock: a first view has no row yet.
    """
    people = SavedView._meta.get_field("user").related_model._base_manager
    list(people.filter(pk=user_id).select_for_update().values_list("pk"))
    return {view.pk: view for view in SavedView.objects.filter(user_id=user_id)}


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
