"""Rows to an XLSX file: texts stay texts, numbers stay numbers.

Sent while the rows are read: any number of them takes the same memory, and nobody waits
for the first byte (docs/decisions/spreadsheets.md says why no library does it). A text
that starts with `=` is a formula only in a cell of formulas: nothing is put in front.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, count, islice
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from products.tabular import sheet_parts
from products.tabular.sheet_parts import Style, as_xml
from products.tabular.tables import Cell
from products.tabular.tally import tally
from products.tabular.writing import any_unsafe, is_unsafe

MOST_ROWS = 1_048_575  # a sheet holds one more; the header takes it
MOST_CHARACTERS = (
    500_000_000  # of one sheet; an archive like ours has parts up to 2 GiB
)
BLOCK = 1 << 16  # characters of a sheet that are compressed at a time
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (a sheet knows no time zones)
TIME = f'" s="{Style.TIME:d}"><v>'
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, and how its cells look.

    With `Style.CODE` also what a person types there later stays as it was typed.
    """

    title: str
    width: int = 14
    style: Style = Style.GENERAL


def write_sheet(
    *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> Iterator[bytes]:
    """Yield a workbook piece by piece; what a sheet can't hold goes on the next one.

    Times are written in the shop's time zone. The header stays in sight. `title` names
    the sheets, in 25 letters at most.
    """
    sink = _Sink()
    sheets: list[str] = []
    waiting = iter(rows)
    with ZipFile(cast("IO[bytes]", sink), "w", ZIP_DEFLATED) as archive:
        for name, text in sheet_parts.FIRST_PARTS.items():
            archive.writestr(name, text)
        yield sink.taken()
        first = list(islice(waiting, 1))
        while first or not sheets:
            sheets.append(f"{title} {len(sheets) + 1}" if sheets else title)
            with archive.open(sheet_parts.sheet_name(len(sheets)), "w") as part:
                rest = islice(waiting, MOST_ROWS - 1)
                for block in _sheet(columns, chain(first, rest)):
                    part.write(block.encode())
                    yield sink.taken()
            first = list(islice(waiting, 1))
        for name, text in sheet_parts.last_parts(sheets).items():
            archive.writestr(name, text)
    yield sink.taken()


def _sheet(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a sheet in blocks; it may end before `rows` do, but after one of them."""
    marks = [_Marks(number, column.style) for number, column in enumerate(columns)]
    heads = [_Marks(number, Style.HEAD) for number, _column in enumerate(columns)]
    titles = [column.title for column in columns]
    block = [sheet_parts.sheet_start([(one.width, one.style) for one in columns])]
    block.append(_row(1, titles, heads))
    size = total = 0
    written = tally()
    for number, row in zip(count(2), rows):
        block.append(_row(number, row, marks))
        written.rows += 1
        size += len(block[-1])
        if size >= BLOCK:
            yield "".join(block)
            block.clear()
            total, size = total + size, 0
            if total >= MOST_CHARACTERS:
                break
    block.append(sheet_parts.SHEET_END)
    yield "".join(block)


class _Marks:
    """What stands before the row's number and before the value in a column's cells."""

    def __init__(self, number: int, style: Style) -> None:
        is_shown = style in {Style.CODE, Style.HEAD}
        self.start = f'<c r="{sheet_parts.letters(number)}'
        self.text = _text_mark(style if is_shown else Style.GENERAL)
        self.unsafe_text = _text_mark(style if is_shown else Style.QUOTED)
        self.number = f'" s="{style:d}"><v>'


def _text_mark(style: Style) -> str:
    return f'" s="{style:d}" t="inlineStr"><is><t xml:space="preserve">'


def _row(number: int, cells: Sequence[Cell], marks: Sequence[_Marks]) -> str:
    texts = [cell for cell in cells if isinstance(cell, str)]
    has_unsafe = any_unsafe(texts)
    has_special = sheet_parts.SPECIAL.search("\n".join(texts)) is not None
    parts = [f'<row r="{number}">']
    for cell, mark in zip(cells, marks, strict=True):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            before = mark.unsafe_text if has_unsafe and is_unsafe(cell) else mark.text
            text = as_xml(cell) if has_special else cell
            parts.append(f"{mark.start}{number}{before}{text}</t></is></c>")
        elif isinstance(cell, datetime):
            parts.append(f"{mark.start}{number}{TIME}{_days(cell)}</v></c>")
        else:
            parts.append(f"{mark.start}{number}{mark.number}{cell}</v></c>")
    parts.append("</row>")
    return "".join(parts)


def _days(moment: datetime) -> float:
    return (timezone.make_naive(moment) - DAY_ZERO) / timedelta(days=1)


class _Sink:
    """The file an archive is written to, emptied while it grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here that could be sent earlier."""

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data
