"""How rows go into the table of a model, worked out once for a kind of database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper as Database
from django.db.models import (
    DateTimeField,
    DecimalField,
    Field,
    Model,
    prefetch_related_objects,
)

AS_THEY_ARE = frozenset(
    {
        *("CharField", "TextField", "BooleanField", "ForeignKey", "OneToOneField"),
        *("AutoField", "BigAutoField"),
        *("IntegerField", "BigIntegerField", "SmallIntegerField"),
        *("PositiveIntegerField", "PositiveBigIntegerField"),
        "PositiveSmallIntegerField",
    }
)
"""Kinds of columns whose values every driver takes as the object has them."""

Column = Field[Any, Any]
Row = list[Any]


class Table(NamedTuple):
    """Columns of a table that are written together, and the SQL that names them."""

    name: str  # quoted, as all names here
    pk: str
    id_name: str  # of the attribute
    columns: list[Column]
    names: list[str]
    inserting: str
    """INSERT up to its values."""
    marks: str
    """The places of one row among these."""
    updating: str
    """UPDATE of one row, whose id comes last."""
    derived: list[Column]
    """Columns that are computed from the others when a row is saved."""
    reads: list[str]
    """The relations whose rows they are computed from too."""
    prepared: list[tuple[int, Callable[[Any], Any]]]
    """Places of the values that the driver can't take as they are."""
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    """Takes the values of all columns."""


@cache
def table_of(
    model: type[Model],
    vendor: str,
    only: tuple[str, ...] = (),
    *,
    with_id: bool = False,
) -> Table:
    """Return the table of `model` without columns that the database fills.

    With the id, last, where it is ours to say; or with no more than the fields `only`.
    """
    # What prepares values belongs to a connection. This one is never opened.
    idle = connections.create_connection(DEFAULT_DB_ALIAS)
    quote = idle.ops.quote_name
    id_column = model._meta.pk
    columns = [
        it
        for it in model._meta.local_concrete_fields
        if not it.generated and it is not id_column and (not only or it.name in only)
    ]
    name, pk = quote(model._meta.db_table), quote(id_column.column or "")
    pairs = ", ".join(f"{quote(it.column or '')} = %s" for it in columns)
    if with_id:
        columns.append(id_column)
    names = [quote(it.column or "") for it in columns]
    return Table(
        name=name,
        pk=pk,
        id_name=id_column.attname,
        columns=columns,
        names=names,
        inserting=f"INSERT INTO {name} ({', '.join(names)}) VALUES",
        marks=f"({', '.join(['%s'] * len(names))})",
        updating=f"UPDATE {name} SET {pairs} WHERE {pk} = %s",  # noqa: S608 - our names
        derived=[it for it in columns if _is_derived(it)],
        reads=[name for it in columns for name in getattr(it, "reads", ())],
        prepared=[
            (place, _preparer(idle, it))
            for place, it in enumerate(columns)
            if it.get_internal_type() not in AS_THEY_ARE
        ],
        values=itemgetter(*(it.attname for it in columns)),
    )


def fetch_read(table: Table, objects: Sequence[Model]) -> None:
    """Fetch what the derived columns read of other rows: a query a relation at most."""
    if table.reads:
        prefetch_related_objects(objects, *table.reads)


def rows_of(table: Table, objects: Sequence[Model]) -> list[Row]:
    """Return the rows of the objects, with what is derived, for the driver."""
    fetch_read(table, objects)
    for column in table.derived:
        for it in objects:
            column.pre_save(it, add=True)  # also sets it on the object
    return prepare(table, [it.__dict__ for it in objects])


def prepare(table: Table, values: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Make rows for the driver of column -> value."""
    rows = [list(table.values(each)) for each in values]
    for place, change in table.prepared:
        for row in rows:
            row[place] = change(row[place])
    return rows


def _is_derived(column: Column) -> bool:
    """Say whether saving a row changes the column; a time may be that of the saving."""
    if isinstance(column, DateTimeField):
        return bool(column.auto_now or column.auto_now_add)
    return type(column).pre_save is not Field.pre_save


def _preparer(idle: Database, column: Column) -> Callable[[Any], Any]:
    """Return what makes a value of the column one for the driver."""
    prepare = partial(column.get_db_prep_save, connection=idle)
    if isinstance(column, DateTimeField):  # aware, as every time of ours
        return _time_preparer(idle.vendor)
    if isinstance(column, DecimalField):
        places = column.max_digits, column.decimal_places
        adapt = idle.ops.adapt_decimalfield_value
        return lambda value: (
            adapt(value, *places) if type(value) is Decimal else prepare(value)
        )
    return prepare


@cache
def _time_preparer(vendor: str) -> Callable[[Any], Any]:
    """Return what prepares times; the rows of an operation have one, or a few."""
    idle = connections.create_connection(DEFAULT_DB_ALIAS)
    return lru_cache(maxsize=8)(idle.ops.adapt_datetimefield_value)
