"""Numbers as the database has them, so that a spoilt one can't take a page along.

SQLite stores any text in any column, and Django's converter of decimals raises on it
while the rows are fetched: one bad value and no row is shown. Reports and lists read
such columns unconverted and decide about each value by itself.
"""

from decimal import Decimal, InvalidOperation

from django.db.models import Expression, ExpressionWrapper, F, Sum, TextField


def as_stored(column: str) -> Expression:
    """Return `column` without Django's conversion: a Decimal, a float, text or None."""
    return ExpressionWrapper(F(column), output_field=TextField())


def sum_stored(column: str) -> Sum:
    """Return the sum of a decimal `column`; SQLite counts what is no number as 0."""
    return Sum(column, output_field=TextField())


def to_count(stored: object) -> int | None:
    """Return a stored value as a whole number; None where it is none."""
    return stored if isinstance(stored, int) else None


def to_decimal(stored: object) -> Decimal | None:
    """Return a stored value as a finite Decimal; None where it is none."""
    try:
        number = Decimal(str(stored))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
