"""Many rows at once, new or changed, faster than `bulk_create`.

`bulk_create` asks every field of every row how its value is prepared, and most of these
values are plain texts and numbers already. The rows are the same in the end; a test
compares them. docs/decisions/bulk-inserts.md has the figures.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.models.constants import OnConflict

from products.services.rows import using
from products.services.tables import Row, Table, fetch_read, prepare, rows_of, table_of

MOST_ROWS = 1_000  # in one statement
FEW = 50  # rows that one INSERT brings as fast as COPY does
# Kilobytes of changed pages that SQLite keeps until the end of a large transaction.
# With what it has for pages that are read, a load of many takes half as long again.
ROOM = "PRAGMA cache_size=-20000"


def insert_rows(
    objects: Sequence[Model],
    *,
    keeps_ids: bool = False,
    cursor: CursorWrapper | None = None,
) -> None:
    """Store unsaved objects of one model and give them their ids, in a few statements.

    As `bulk_create` does: values that are derived when a row is saved are derived here
    too. Columns that the database computes are not read back, and no signal is sent.
    With `keeps_ids` the objects have ids, which rows had that were deleted.
    """
    if not objects:
        return
    with using(cursor) as own:
        table = table_of(type(objects[0]), own.db.vendor, with_id=keeps_ids)
        rows = rows_of(table, objects)
        # COPY would take new ids from the sequence.
        store = _insert if keeps_ids else _fastest(own, len(rows))
        for it, key in zip(objects, store(own, table, rows), strict=True):
            _keep(it, table.id_name, key)


def insert_unless_taken(it: Model, key: str) -> bool:
    """Store an unsaved object, unless a row has the same unique `key`; say whether.

    Waits for a transaction that is about to store such a row. One statement; on MariaDB
    one more where there is such a row. Other constraints raise IntegrityError.
    """
    with using(None) as own:
        table = table_of(type(it), own.db.vendor)
        # MariaDB has no such clause. There, what fails undoes only its statement.
        unless = "" if own.db.vendor == "mysql" else f"ON CONFLICT ({key}) DO NOTHING"
        found = None
        try:
            _send(own, table, rows_of(table, [it]), f"{unless} RETURNING {table.pk}")
            found = own.fetchone()
        except IntegrityError:
            same = type(it)._base_manager.filter(**{key: getattr(it, key)})
            if unless or not same.exists():
                raise
    if found is not None:
        _keep(it, table.id_name, found[0])
    return found is not None


def _keep(it: Model, id_name: str, key: int) -> None:
    """Make an object of a new row the one that is stored under `key`."""
    setattr(it, id_name, key)  # `pk` takes a detour
    it._state.adding = False
    it._state.db = DEFAULT_DB_ALIAS


def insert_values(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows of a model that derives nothing, each given as column -> value.

    For rows that are only stored: their objects would cost as much as the storing. A
    foreign key is named by its column, what is not named has the default of its field.
    """
    with using(None) as own:
        table = table_of(model, own.db.vendor)
        defaults = {column.attname: column.get_default() for column in table.columns}
        values = prepare(table, [{**defaults, **row} for row in rows])
        for _key in _fastest(own, len(rows))(own, table, values):
            pass  # each takes its part of the rows


def update_rows(
    objects: Sequence[Model],
    fields: Collection[str],
    cursor: CursorWrapper | None = None,
) -> None:
    """Write the named fields of whole objects whose rows are there and locked.

    As `bulk_create` does with `update_conflicts`, in a few statements. IntegrityError
    when another row has a value that only one can have.
    """
    if not objects:
        return
    model = type(objects[0])
    with using(cursor) as own:
        if len(objects) == 1:
            table = table_of(model, own.db.vendor, tuple(fields), with_id=True)
            own.execute(table.updating, *rows_of(table, objects))
        elif own.db.vendor == "postgresql":  # Django binds one array per column there
            fetch_read(table_of(model, own.db.vendor), objects)
            model._base_manager.bulk_create(
                objects,
                batch_size=MOST_ROWS,
                update_conflicts=True,
                unique_fields=[model._meta.pk.name],
                update_fields=fields,
            )
        else:
            _upsert(own, objects, fields)


def _upsert(
    cursor: CursorWrapper, objects: Sequence[Model], fields: Collection[str]
) -> None:
    table = table_of(type(objects[0]), cursor.db.vendor, with_id=True)
    tail = cursor.db.ops.on_conflict_suffix_sql(
        table.columns,
        OnConflict.UPDATE,
        [it.column or "" for it in table.columns if it.name in fields],
        [table.columns[-1].column or ""],
    )
    rows = rows_of(table, objects)
    for batch in _parts(cursor, table, rows):
        _send(cursor, table, batch, tail)


def _fastest(
    cursor: CursorWrapper, count: int
) -> Callable[[CursorWrapper, Table, Sequence[Row]], Iterator[int]]:
    """Return what stores `count` rows without ids, and yields them."""
    can_copy = cursor.db.vendor == "postgresql" and count > FEW
    return _copy if can_copy else _insert


def _insert(cursor: CursorWrapper, table: Table, rows: Sequence[Row]) -> Iterator[int]:
    """Insert the rows; yield their ids."""
    for batch in _parts(cursor, table, rows):
        _send(cursor, table, batch, f"RETURNING {table.pk}")
        yield from (key for (key,) in cursor.fetchall())


def _parts(
    cursor: CursorWrapper, table: Table, rows: Sequence[Row]
) -> Iterator[Sequence[Row]]:
    """Yield as many rows at a time as a statement can hold."""
    width = len(table.names)
    limit = cursor.db.features.max_query_params or MOST_ROWS * width
    size = max(1, min(MOST_ROWS, limit // width))
    if cursor.db.vendor == "sqlite" and len(rows) > size:
        cursor.execute(ROOM)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _send(cursor: CursorWrapper, table: Table, rows: Sequence[Row], tail: str) -> None:
    """Insert the rows by one statement with this tail."""
    places = ", ".join([table.marks] * len(rows))
    values = list(chain.from_iterable(rows))
    cursor.execute(f"{table.inserting} {places} {tail}", values)


def _copy(cursor: CursorWrapper, table: Table, rows: Sequence[Row]) -> Iterator[int]:
    """Send the rows the way PostgreSQL is filled fastest; yield their ids.

    COPY returns none, so they are taken from the sequence first.
    """
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [table.name, table.pk.strip('"'), len(rows)],
    )
    keys = [key for (key,) in cursor.fetchall()]
    columns = ", ".join([table.pk, *table.names])
    with (
        cursor.db.wrap_database_errors,
        cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
    ):
        for key, row in zip(keys, rows, strict=True):
            copy.write_row([key, *row])
    yield from keys
