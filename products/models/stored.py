"""Numbers as the database has them, so that a spoilt one can't take a page along.

SQLite stores any text in any column, and Django's converter of decimals raises on it
while the rows are fetched: one bad value and no row is shown. Reports and lists read
such columns unconverted and decide about each value by itself.
"""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.db.models import (
    DateField,
    Expression,
    ExpressionWrapper,
    F,
    Field,
    IntegerField,
    Model,
    Q,
    QuerySet,
    Sum,
    TextField,
)
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime

from products.errors import Unreadable

# What reading a number or a time raises that the database should never have taken.
UNREADABLE = (InvalidOperation, TypeError, ValueError)
DECIMALS = ("price", "cost", "weight")

Row = TypeVar("Row", bound=Model)

_NOTED = "has_{}"


def decimals_of(product: str) -> tuple[str, ...]:
    """Return the decimals of a product for `defer`, where a list shows none of them."""
    return tuple(f"{product}__{name}" for name in DECIMALS)


def as_stored(column: str) -> Expression:
    """Return `column` without Django's conversion: a Decimal, a float, text or None."""
    return ExpressionWrapper(F(column), output_field=TextField())


def as_text_or_time(column: str) -> Expression:
    """Return a time without the driver's conversion, which raises on a spoilt one.

    SQLite converts what it knows to be a column of times, so it is given an expression.
    """
    return Coalesce(column, column, output_field=TextField())


def has_any(column: str) -> Expression:
    """Return whether there is a value at all: SQLite's driver reads no time as None.

    1 or 0, so that nothing converts it.
    """
    return ExpressionWrapper(
        Q((f"{column}__isnull", False)), output_field=IntegerField()
    )


def noting_times(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Return rows that `refuse_spoilt_times` can judge, of a model with such times."""
    said = {_NOTED.format(time.name): has_any(time.name) for time in _times(rows.model)}
    noting: QuerySet[Row] = rows.annotate(**said)
    return noting


def refuse_spoilt_times(row: Row) -> Row:
    """Return a row of `noting_times`.

    Raises Unreadable for a time that is there and reads as none: who goes by it would
    take it for one that never came, and store it so.
    """
    for time in _times(type(row)):
        there = vars(row)[_NOTED.format(time.name)]
        if there and getattr(row, time.name) is None:
            what = str(row._meta.verbose_name)
            raise Unreadable(what, str(time.verbose_name), row.pk)
    return row


def _times(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return the times and days that may be none."""
    fields = model._meta.concrete_fields
    return [each for each in fields if each.null and isinstance(each, DateField)]


def to_moment(stored: object) -> datetime | None:
    """Return a stored time, which is in UTC; None where it is none."""
    try:
        moment = parse_datetime(stored) if isinstance(stored, str) else stored
    except ValueError:
        return None
    if not isinstance(moment, datetime):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def sum_stored(column: str) -> Sum:
    """Return the sum of a decimal `column`; SQLite counts what is no number as 0."""
    return Sum(column, output_field=TextField())


def to_count(stored: object) -> int | None:
    """Return a stored value as a whole number; None where it is none."""
    return stored if isinstance(stored, int) else None


def read_decimal(stored: object, model: type[Model]) -> Decimal | None:
    """Return a stored value to reckon with; raises Unreadable where it is no number."""
    number = to_decimal(stored)
    if number is None and stored is not None:
        raise Unreadable(str(model._meta.verbose_name))
    return number


def to_decimal(stored: object) -> Decimal | None:
    """Return a stored value as a finite Decimal; None where it is none."""
    try:
        number = Decimal(str(stored))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
