"""Reading very much at once: all of it from one moment, and never all in memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, QuerySet

PAGE = 5_000  # rows in memory


@contextmanager
def one_moment() -> Iterator[None]:
    """Show the block the database as it was at its first query; for reading only.

    Others go on writing meanwhile. Inside a transaction that is open already nothing
    is changed: the block sees what that transaction sees.
    """
    if connection.in_atomic_block:
        yield
        return
    with _begin[connection.vendor](connection):
        yield


@contextmanager
def _begin_sqlite(connection: Any) -> Iterator[None]:  # stubs lack transaction_mode
    # Our transactions are IMMEDIATE, so that they can write; this one must not keep
    # the writers out. In WAL mode a deferred one reads from the state it first saw.
    connection.ensure_connection()
    usual = connection.transaction_mode
    connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual


@contextmanager
def _begin_postgresql(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _begin_mysql(connection: BaseDatabaseWrapper) -> Iterator[None]:
    # It counts for the next transaction only, so it must come before that begins.
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
        yield


_begin = {
    "sqlite": _begin_sqlite,
    "postgresql": _begin_postgresql,
    "mysql": _begin_mysql,
}


def in_key_order(
    rows: QuerySet[Any, tuple[Any, ...]], keys: Sequence[str], positions: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield the tuples of `rows` in the order of `keys`, PAGE of them in memory.

    `keys` together are unique and indexed, and stand at `positions` of each tuple.
    """
    ordered = rows.order_by(*keys)
    if connection.vendor != "mysql":
        yield from ordered.iterator(chunk_size=PAGE)
        return
    # MariaDB's driver fetches the whole result at once, so it gets a query per page.
    page = list(ordered[:PAGE])
    while page:
        yield from page
        last = [page[-1][position] for position in positions]
        page = list(ordered.filter(_after(keys, last))[:PAGE])


def _after(keys: Sequence[str], last: Sequence[Any]) -> Q:
    """Return the condition of the rows that follow the key `last`."""
    condition = Q()
    for key, value in reversed(list(zip(keys, last, strict=True))):
        later = Q((f"{key}__gt", value))
        condition = later | (Q((key, value)) & condition) if condition else later
    # The first key once more by itself: that is what the index is searched for.
    return Q((f"{keys[0]}__gte", last[0])) & condition
