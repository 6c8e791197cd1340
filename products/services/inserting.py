"""Many rows at once, new or changed, faster than `bulk_create`.

`bulk_create` asks every field of every row how its value is prepared, and most of these
values are plain texts and numbers already. The rows are the same in the end; a test
compares them. docs/decisions/bulk-inserts.md has the figures.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model, prefetch_related_objects
from django.db.models.constants import OnConflict

MOST_ROWS = 1_000  # in one statement
FEW = 50  # rows that one INSERT brings as fast as COPY does
AS_THEY_ARE = frozenset(
    {
        *("CharField", "TextField", "BooleanField", "ForeignKey", "OneToOneField"),
        *("IntegerField", "BigIntegerField", "SmallIntegerField"),
        *("PositiveIntegerField", "PositiveBigIntegerField"),
        "PositiveSmallIntegerField",
    }
)
"""Kinds of columns whose values every driver takes as the object has them."""

Column = Field[Any, Any]
Row = list[Any]


def insert_rows(objects: Sequence[Model], *, keeps_ids: bool = False) -> None:
    """Store unsaved objects of one model and give them their ids, in a few statements.

    As `bulk_create` does: values that are derived when a row is saved are derived here
    too. Columns that the database computes are not read back, and no signal is sent.
    With `keeps_ids` the objects have ids, which rows had that were deleted.
    """
    if not objects:
        return
    model = type(objects[0])
    columns = _stored(model)
    _fetch_read(objects, columns)
    if keeps_ids:
        columns = [model._meta.pk, *columns]
    read = _reader(columns)
    rows = [read(it) for it in objects]
    names = [_quoted(column) for column in columns]
    # COPY would take new ids from the sequence.
    store = _insert if keeps_ids else _fastest(len(rows))
    alias = connection.alias
    for it, key in zip(objects, store(model, names, rows), strict=True):
        it.pk = key
        it._state.adding = False
        it._state.db = alias


def insert_values(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows of a model that derives nothing, each given as column -> value.

    For rows that are only stored: their objects would cost as much as the storing. A
    foreign key is named by its column, what is not named has the default of its field.
    """
    columns = _stored(model)
    defaults = {column.attname: column.get_default() for column in columns}
    prepare = _preparer(columns)
    values = [prepare({**defaults, **row}) for row in rows]
    names = [_quoted(column) for column in columns]
    for _key in _fastest(len(rows))(model, names, values):
        pass  # each takes its part of the rows


def update_rows(objects: Sequence[Model], fields: Collection[str]) -> None:
    """Write the named fields of whole objects whose rows are there and locked.

    As `bulk_create` does with `update_conflicts`, in a few statements. IntegrityError
    when another row has a value that only one can have.
    """
    if not objects:
        return
    model = type(objects[0])
    pk = model._meta.pk
    _fetch_read(objects, _stored(model))
    if connection.vendor == "postgresql":  # Django binds one array per column there
        model._base_manager.bulk_create(
            objects,
            batch_size=MOST_ROWS,
            update_conflicts=True,
            unique_fields=[pk.name],
            update_fields=fields,
        )
        return
    columns = [pk, *_stored(model)]
    read = _reader(columns)
    tail = connection.ops.on_conflict_suffix_sql(
        columns,
        OnConflict.UPDATE,
        [it.column or "" for it in columns if it.name in fields],
        [pk.column or ""],
    )
    names = [_quoted(column) for column in columns]
    for _cursor in _send(model, names, [read(it) for it in objects], tail):
        pass  # each is one statement


def _fetch_read(objects: Sequence[Model], columns: Sequence[Column]) -> None:
    """Fetch what the derived columns read of other rows: a query a relation at most."""
    names = {name for it in columns for name in getattr(it, "reads", ())}
    if names:
        prefetch_related_objects(objects, *names)


def _stored(model: type[Model]) -> list[Column]:
    """Return the columns that an insert names: all but the id and computed ones."""
    fields = model._meta.local_concrete_fields
    return [it for it in fields if not it.primary_key and not it.generated]


def _quoted(column: Column) -> str:
    return connection.ops.quote_name(column.column or "")


def _reader(columns: Sequence[Column]) -> Callable[[Model], Row]:
    """Return what takes the values of the columns from an object, for the driver."""
    derived = [it for it in columns if type(it).pre_save is not Field.pre_save]
    prepare = _preparer(columns)

    def read(it: Model) -> Row:
        for column in derived:
            column.pre_save(it, add=True)  # also sets it on the object
        return prepare(it.__dict__)

    return read


def _preparer(columns: Sequence[Column]) -> Callable[[Mapping[str, Any]], Row]:
    """Return what makes column -> value a row for the driver."""
    all_of = itemgetter(*(column.attname for column in columns))
    prepared = [
        (place, column)
        for place, column in enumerate(columns)
        if column.get_internal_type() not in AS_THEY_ARE
    ]
    here = connections[connection.alias]  # asked once, not for each value

    def prepare(values: Mapping[str, Any]) -> Row:
        row = list(all_of(values))
        for place, column in prepared:
            row[place] = column.get_db_prep_save(row[place], here)
        return row

    return prepare


def _fastest(
    count: int,
) -> Callable[[type[Model], Sequence[str], Sequence[Row]], Iterator[int]]:
    """Return what stores `count` rows without ids, and yields them."""
    can_copy = connection.vendor == "postgresql" and count > FEW
    return _copy if can_copy else _insert


def _insert(
    model: type[Model], names: Sequence[str], rows: Sequence[Row]
) -> Iterator[int]:
    """Insert the rows; yield their ids."""
    tail = f"RETURNING {_quoted(model._meta.pk)}"
    for cursor in _send(model, names, rows, tail):
        yield from (key for (key,) in cursor.fetchall())


def _send(
    model: type[Model], names: Sequence[str], rows: Sequence[Row], tail: str
) -> Iterator[CursorWrapper]:
    """Insert the rows, as many a statement as it can hold; yield after each."""
    table = connection.ops.quote_name(model._meta.db_table)
    head = f"INSERT INTO {table} ({', '.join(names)}) VALUES"
    marks = f"({', '.join(['%s'] * len(names))})"
    limit = connection.features.max_query_params or MOST_ROWS * len(names)
    size = max(1, min(MOST_ROWS, limit // len(names)))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            batch = rows[start : start + size]
            places = ", ".join([marks] * len(batch))
            cursor.execute(f"{head} {places} {tail}", list(chain.from_iterable(batch)))
            yield cursor


def _copy(
    model: type[Model], names: Sequence[str], rows: Sequence[Row]
) -> Iterator[int]:
    """Send the rows the way PostgreSQL is filled fastest; yield their ids.

    COPY returns none, so they are taken from the sequence first.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    pk = model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s))"
            " FROM generate_series(1, %s)",
            [table, pk.column, len(rows)],
        )
        keys = [key for (key,) in cursor.fetchall()]
        columns = ", ".join([_quoted(pk), *names])
        with (
            connection.wrap_database_errors,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for key, row in zip(keys, rows, strict=True):
                copy.write_row([key, *row])
    yield from keys
