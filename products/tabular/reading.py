"""Delimited text and workbooks to numbered records, in bounded memory.

A file is read three times: its bytes (encoding, hash), its shape (number of records,
whether cells have shifted) and its records. Memory stays at one record; only the
largest file the caller allows decides how long it takes. A workbook is unfolded into
delimited text first.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import BinaryIO
from weakref import finalize

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.tabular.columns import normalise
from products.tabular.delimited import DelimitedText
from products.tabular.encoding import WORKBOOK, TextFile, survey_bytes
from products.tabular.mending import mended_cells, mended_header, own_places
from products.tabular.problems import BadCellError, UnreadableFileError
from products.tabular.unfolding import unfold_workbook

MAX_COLUMNS = 1_000
MAX_TITLE = 1_000  # characters
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", "": ""}
"""By their names in reports for programs; the first one wins where all do as well.

A workbook has none.
"""

DELIMITER_LABELS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("pipe"),
    "": gettext_lazy("no delimiter"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record: `number` as a spreadsheet counts its rows, the header's included.

    Blank records are skipped but counted. Cells are trimmed and as many as the header
    has. `problem` is set when the record as a whole can't be read; then the cells are
    not to be trusted, and `surplus` are those beyond the header.
    """

    number: int
    cells: tuple[str, ...]
    problem: BadCellError | None = None
    surplus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """What the second reading found.

    `record_count` counts the records under the header that are not blank.
    `has_shifted_cells` is true when more than half of them are longer than the header:
    then none of the longer ones can be trusted, even where the surplus is blank.
    `comma_columns` are the places of the columns with a comma in some cell.
    """

    record_count: int
    has_shifted_cells: bool
    comma_columns: frozenset[int]


@dataclass(frozen=True)
class Table:
    """A file whose shape is known; `records()` reads it.

    `encoding` (a key of LABELS), `delimiter` ("" for a workbook), `size` (bytes) and
    `sha256` are those of the file. `remarks` are whole sentences on what of it was
    read. `own` are the places of the columns that say what was refused, see `mending`.
    """

    text: DelimitedText
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_number: int
    shape: Shape
    size: int
    sha256: str
    remarks: tuple[str, ...] = ()
    own: frozenset[int] = frozenset()

    @property
    def record_count(self) -> int:
        return self.shape.record_count

    def records(self) -> Iterator[Record]:
        """Yield every record under the header; starts over with each call."""
        for number, raw, problem in self.text.records():
            cells = mended_cells(raw, self.own) if self.own else raw
            if number > self.header_number and (problem or any(cells)):
                yield self._fitted(number, cells, problem)

    def _fitted(
        self, number: int, cells: list[str], problem: BadCellError | None
    ) -> Record:
        width = len(self.header)
        if len(cells) == width:
            return Record(number, tuple(cells), problem)
        surplus = tuple(cells[width:])
        if surplus and (self.shape.has_shifted_cells or any(surplus)):
            problem = problem or self._too_long(len(cells))
        fitted = tuple(cells[:width] + [""] * (width - len(cells)))
        return Record(number, fitted, problem, surplus if problem else ())

    def _too_long(self, cells: int) -> BadCellError:
        return BadCellError(
            _("The row has %(cells)d cells, the header has %(columns)d.")
            % {"cells": cells, "columns": len(self.header)},
            _("Put a cell that has the delimiter in it into quotes.")
            if self.delimiter
            else _("Give the column a header, or empty its cells."),
        )


def open_table(stream: BinaryIO, *, known: Collection[str], max_bytes: int) -> Table:
    """Find out how `stream`, a seekable file of bytes, is written.

    `known` are normalised column names: of the possible delimiters the one wins that
    finds most of them in the header, then the one that finds most columns. Raises
    UnreadableFileError when the file is no table, is larger than `max_bytes`, has no
    records, or ends inside a quoted cell.
    """
    survey = survey_bytes(stream, max_bytes=max_bytes)
    if survey.encoding != WORKBOOK:
        texts = [
            DelimitedText(stream, survey.encoding, delimiter)
            for delimiter in filter(None, DELIMITERS)
        ]
        return _open_text(texts, known, survey)
    with ExitStack() as stack:
        sheet = unfold_workbook(stream, max_bytes=max_bytes)
        stack.enter_context(sheet.stream)
        text = DelimitedText(sheet.stream, "utf-8", ",")
        table = _open_text([text], known, survey)
        table = replace(table, delimiter="", remarks=sheet.remarks)
        finalize(table, stack.pop_all().close)
    return table


def _open_text(
    candidates: Iterable[DelimitedText], known: Collection[str], survey: TextFile
) -> Table:
    text, header_number, header = _find_header(candidates, known)
    own = own_places(header)
    return Table(
        text=text,
        encoding=survey.encoding,
        delimiter=text.delimiter,
        header=mended_header(header, own),
        header_number=header_number,
        shape=_find_shape(text, len(header), header_number),
        size=survey.size,
        sha256=survey.sha256,
        own=own,
    )


def _find_header(
    candidates: Iterable[DelimitedText], known: Collection[str]
) -> tuple[DelimitedText, int, list[str]]:
    """Return the text, and the number and cells of its first record not blank."""
    readings: list[tuple[int, int, DelimitedText, int, list[str]]] = []
    problems: list[UnreadableFileError] = []
    for text in candidates:
        try:
            number, cells = _first_record(text)
        except UnreadableFileError as problem:  # quotes that fit another delimiter
            problems.append(problem)
        else:
            hits = sum(normalise(cell) in known for cell in cells)
            readings.append((hits, len(cells), text, number, cells))
    if not readings:
        raise problems[0]
    best = max(readings, key=lambda reading: reading[:2])
    if len(best[4]) > MAX_COLUMNS:
        raise UnreadableFileError(
            _("The file has %(count)d columns; up to %(limit)d can be read.")
            % {"count": len(best[4]), "limit": MAX_COLUMNS}
        )
    if max(map(len, best[4])) > MAX_TITLE:
        raise UnreadableFileError(
            _(
                "A column has a header of more than %(limit)d characters. The first"
                " line must be the header."
            )
            % {"limit": MAX_TITLE}
        )
    return best[2:]


def _first_record(text: DelimitedText) -> tuple[int, list[str]]:
    for number, cells, problem in text.records():
        if problem:
            raise UnreadableFileError(str(problem))
        if any(cell.strip(",;|") for cell in cells):  # ",," is a name in no table
            return number, cells
    raise UnreadableFileError(_("The file has no text in it."))


def _find_shape(text: DelimitedText, width: int, header_number: int) -> Shape:
    count = longer = 0
    comma_columns: set[int] = set()
    for number, cells, problem in text.records():
        if number > header_number and (problem or any(cells)):
            count += 1
            longer += len(cells) > width
            comma_columns.update(
                index for index, cell in enumerate(cells) if "," in cell
            )
    if not count:
        raise UnreadableFileError(_("The file has a header, but no rows under it."))
    return Shape(count, longer * 2 > count, frozenset(comma_columns))
