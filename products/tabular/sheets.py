"""Rows to an XLSX file: texts stay texts, numbers stay numbers.

Written row by row, so that any number of rows takes the same memory. A text that starts
with `=` is a formula to a spreadsheet unless its cell says that it is a text; it does,
so that nothing has to be put in front of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import IO, Any

from django.utils import timezone

from products.tabular.tables import Cell

MOST_ROWS = 1_048_575  # a sheet holds one more; the header takes it
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_sheet(
    stream: IO[bytes],
    *,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> None:
    """Write a workbook to `stream`; more rows than a sheet holds go on the next one.

    Times are written in the shop's time zone, which a spreadsheet doesn't know. The
    header stays in sight. `title` names the sheets, in 25 letters at most.
    """
    # It takes a tenth of a second to load, and no page needs it.
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    for number, part in enumerate(_parts(rows, MOST_ROWS), 1):
        sheet = workbook.create_sheet(title if number == 1 else f"{title} {number}")
        sheet.freeze_panes = "A2"
        sheet.append([_text(sheet, words, is_head=True) for words in header])
        for row in part:
            sheet.append([_cell(sheet, value) for value in row])
    workbook.save(stream)


def _parts(
    rows: Iterable[Sequence[Cell]], size: int
) -> Iterator[Iterator[Sequence[Cell]]]:
    """Yield `rows` in parts of `size`; one that is empty when there are none.

    A part must be read to its end before the next is asked for.
    """
    remaining = iter(rows)
    yield islice(remaining, size)
    for first in remaining:
        yield chain([first], islice(remaining, size - 1))


def _cell(sheet: Any, value: Cell) -> Any:
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, datetime):
        return timezone.make_naive(value)
    return value


def _text(sheet: Any, text: str, *, is_head: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", text))
    cell.data_type = "s"
    if is_head:
        cell.font = Font(bold=True)
    return cell
