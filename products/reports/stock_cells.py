"""Units and value of every level at a moment, as fast as the database gives them.

Where little moved since, the levels of now less what moved; else the last balance of
each level from the ledger, whose index carries it. Measured by `benchmarks.stock_at`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import chain
from math import inf
from operator import gt, lt
from typing import Any

from django.db import connection
from django.db.models import (
    Aggregate,
    Max,
    QuerySet,
)

from products.models import Product, StockLevel, StockMovement
from products.models.reading import in_key_order
from products.models.stored import as_stored, to_count, to_decimal
from products.services.balances import Balance, last_recorded, late_balances
from products.services.locking import LevelKey

FEW = 10_000  # movements in memory
CHUNK = 5_000  # rows in memory
KEY = ("product_id", "location_id")

Cell = tuple[int, int, object, object]
"""Product id, location id, units and value as they are stored (see `stored`)."""


class OfTheLast(Aggregate):
    """The column of the row that MAX found, which SQLite alone promises.

    To be given as it is stored: what Django does to a number of each row costs more
    than to find it.
    """

    template = "%(expressions)s"


def stock_cells(moment: datetime) -> Iterator[Cell]:
    """Return what there was of each product at each location; empty levels among it.

    Of products that are gone too. Those of one product follow each other, by id: which
    way round is the database's choice, `is_falling` says. Two queries where at most FEW
    movements are dated later, else three; CHUNK rows in memory.
    """
    changes = _changes_since(moment)
    if changes is None:
        return _with_changes(_last_balances(moment), late_balances(moment))
    levels = StockLevel.objects.values_list(*KEY, "on_hand", as_stored("value"))
    return _with_changes(_in_order(levels), changes)


def with_category(cells: Iterable[Cell]) -> Iterator[tuple[int | None, Cell]]:
    """Yield the cells of products that are there, each with its category; one query."""
    products = Product.objects.values_list("pk", "category_id")
    is_before, end = (gt, -inf) if is_falling() else (lt, inf)
    known = chain(_in_order(products, ("pk",)), [(end, None)])
    pk, category_id = next(known)
    for cell in cells:
        while is_before(pk, cell[0]):
            pk, category_id = next(known)
        if pk == cell[0]:
            yield category_id, cell


def is_falling() -> bool:
    """Say whether cells come by falling ids: PostgreSQL reads the index backwards."""
    return connection.vendor == "postgresql"


def _changes_since(moment: datetime) -> dict[LevelKey, Balance] | None:
    """Return what to add to the levels of now; None where too much has moved since.

    A product that is gone has no level any more: what it lost since is what it had.
    """
    since = StockMovement.objects.filter(
        # Named both, so that the index of business dates can be read.
        is_backdated__in=[False, True],
        effective_at__gt=moment,
    ).order_by()
    columns = (*KEY, "delta", as_stored("value_delta"))
    rows = list(since.values_list(*columns)[: FEW + 1])
    if len(rows) > FEW:
        return None
    changes: dict[LevelKey, Balance] = {}
    for product_id, location_id, delta, stored in rows:
        key = (product_id or 0, location_id)  # never None: a check forbids it
        moved = Balance(-delta, -(to_decimal(stored) or Decimal(0)))
        changes[key] = changes.get(key, Balance()) + moved
    return changes


def _last_balances(moment: datetime) -> Iterator[Cell]:
    """Yield the last balance of each level that was recorded by `moment`."""
    if connection.vendor == "mysql":
        return _last_by_level(moment)
    by_then = StockMovement.objects.filter(recorded_at__lte=moment)
    if connection.vendor == "sqlite":
        groups = by_then.order_by(*KEY).values(*KEY).alias(last=Max("sequence"))
        rows: QuerySet[Any, Any] = groups.filter(last__gt=0).annotate(
            units=OfTheLast(as_stored("balance_after")),
            worth=OfTheLast(as_stored("value_after")),
        )
        return rows.values_list(*KEY, "units", "worth").iterator(chunk_size=CHUNK)
    newest = by_then.order_by(
        "-product_id", "-location_id", "-recorded_at", "-sequence"
    )
    balances: QuerySet[Any, Any] = newest.distinct(*KEY).values_list(
        *KEY, "balance_after", as_stored("value_after")
    )
    return balances.iterator(chunk_size=CHUNK)


def _last_by_level(moment: datetime) -> Iterator[Cell]:
    """Return the same by looking each level up: MariaDB has no such walk."""
    # A chain begins with 1, whether its level is there still or not.
    chains = StockMovement.objects.filter(sequence=1, recorded_at__lte=moment)
    rows = chains.values_list(
        *KEY,
        last_recorded(moment, "balance_after"),
        last_recorded(moment, "value_after"),
    )
    return _in_order(rows)


def _in_order(rows: QuerySet[Any, Any], keys: tuple[str, ...] = KEY) -> Iterator[Any]:
    if is_falling():
        return rows.order_by(*(f"-{key}" for key in keys)).iterator(chunk_size=CHUNK)
    return in_key_order(rows, keys, range(len(keys)))


def _with_changes(
    cells: Iterator[Cell], changes: Mapping[LevelKey, Balance]
) -> Iterator[Cell]:
    """Return the cells with what is to be added to them; as they are for nothing."""
    return _merged(cells, changes) if changes else cells


def _merged(
    cells: Iterable[Cell], changes: Mapping[LevelKey, Balance]
) -> Iterator[Cell]:
    """Yield the cells with what is to be added, some of which may have no cell yet."""
    is_before = gt if is_falling() else lt
    waiting = sorted(changes, reverse=not is_falling())  # the next one last
    for cell in cells:
        key = cell[:2]
        while waiting and is_before(waiting[-1], key):
            yield _changed((*waiting[-1], 0, 0), changes[waiting.pop()])
        if waiting and waiting[-1] == key:
            yield _changed(cell, changes[waiting.pop()])
        else:
            yield cell
    while waiting:
        yield _changed((*waiting[-1], 0, 0), changes[waiting.pop()])


def _changed(cell: Cell, change: Balance) -> Cell:
    product_id, location_id, recorded, stored = cell
    units, value = to_count(recorded), to_decimal(stored)
    return (
        product_id,
        location_id,
        None if units is None else units + change.quantity,
        None if value is None else value + change.value,
    )
