"""Rows as objects, read by a condition in SQL or new, without Django's detours.

For what every sale reads and writes: there Django takes ten times as long to compile a
query and to make its objects as the database takes to answer. docs/decisions/ledger.md
has the figures.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.models.base import ModelState

from products.errors import Unreadable
from products.models.stored import UNREADABLE

Row = TypeVar("Row", bound=Model)


class _Selection(NamedTuple):
    """Columns of a model, as one kind of database is asked for them."""

    head: str
    names: list[str]
    converted: list[tuple[str, Callable[[Any], Any]]]
    """Those whose values the driver doesn't give as Python has them."""


def using(
    cursor: CursorWrapper | None,
) -> AbstractContextManager[CursorWrapper]:
    """Give the cursor that a caller with several statements has open, or a new one.

    To open one takes as long as a small statement.
    """
    if cursor is not None:
        return nullcontext(cursor)
    return connections[DEFAULT_DB_ALIAS].cursor()


def fetch(
    model: type[Row],
    condition: str,
    values: Sequence[int | str],
    *,
    only: tuple[str, ...] = (),
    also: tuple[str, str] | None = None,
    cursor: CursorWrapper | None = None,
) -> list[Row]:
    """Return the rows of `model` that fit, as Django would; one query.

    `condition` is what follows the name of the table: WHERE, order, lock. With `only`
    the objects have these columns alone, and ask for each other one when it is used.
    `also` is the name of one more text that they get, and its SQL.

    Raises Unreadable, naming the row, for a value that is none of its column.
    """
    with using(cursor) as own:
        head, names, converted = _selection(model, only, also, own.db.vendor)
        own.execute(f"{head} {condition}", values)
        rows = [dict(zip(names, row, strict=True)) for row in own.fetchall()]
    for name, convert in converted:
        for row in rows:
            try:
                row[name] = convert(row[name])
            except UNREADABLE as error:
                raise _unreadable(model, name, row) from error
    return [make(model, row, is_new=False) for row in rows]


def _unreadable(model: type[Model], name: str, row: Mapping[str, Any]) -> Unreadable:
    options = model._meta
    return Unreadable(
        str(options.verbose_name),
        str(getattr(options.get_field(name), "verbose_name", name)),
        row[options.pk.attname],
    )


def make(model: type[Row], columns: Mapping[str, Any], *, is_new: bool = True) -> Row:
    """Return an object with these columns and no others, not even defaults.

    As its class would, for one that does nothing when an object is made: there each
    value goes through a descriptor, and everybody is told, though nobody listens.
    """
    made = model.__new__(model)
    state = ModelState()
    if not is_new:
        state.adding, state.db = False, DEFAULT_DB_ALIAS
    made.__dict__.update(columns, _state=state)
    return made


@cache
def _selection(
    model: type[Model], only: tuple[str, ...], also: tuple[str, str] | None, vendor: str
) -> _Selection:
    """Return what to ask this kind of database for; see `fetch`."""
    # What converts values belongs to a connection. This one is never opened.
    idle = connections.create_connection(DEFAULT_DB_ALIAS)
    quote = idle.ops.quote_name
    fields = [
        field
        for field in model._meta.concrete_fields
        if not only or field.primary_key or field.attname in only
    ]
    name, expression = zip(also) if also else ((), ())
    columns = [*(quote(field.column or "") for field in fields), *expression]
    return _Selection(
        head=f"SELECT {', '.join(columns)} FROM {quote(model._meta.db_table)}",  # noqa: S608 - our names
        names=[*(field.attname for field in fields), *name],
        converted=[
            (field.attname, partial(convert, expression=column, connection=idle))
            for field in fields
            for column in [field.cached_col]
            for convert in (
                *idle.ops.get_db_converters(column),
                *column.get_db_converters(idle),
            )
        ],
    )
