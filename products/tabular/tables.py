"""Tables of a report to CSV that a spreadsheet opens as it is meant."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from products.tabular.writing import escape_formula, write_csv

Cell = str | int | Decimal | datetime | None
"""What may stand in a table; None is nothing at all, such as a cost nobody knows."""


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the CSV of a table piece by piece, a row at a time.

    Texts are safe in a spreadsheet, numbers stay numbers, and times are those of the
    shop's time zone.
    """
    return write_csv(header, ([cell_text(cell) for cell in row] for row in rows))


def cell_text(cell: Cell) -> str:
    """Return a cell as CSV has it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return escape_formula(cell)
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M:%S")
    return str(cell)
