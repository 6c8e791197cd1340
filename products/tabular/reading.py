"""Delimited text to numbered records, in bounded memory.

A file is read three times: its bytes (encoding, hash), its shape (number of records,
whether cells have shifted) and its records. Memory stays at one record; only the
largest file the caller allows decides how long it takes.
"""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.tabular.columns import normalise
from products.tabular.encoding import survey_bytes
from products.tabular.lines import MAX_LINE, endless_line, read_lines
from products.tabular.problems import BadCellError, UnreadableFileError

MAX_COLUMNS = 1_000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
"""By their names in reports for programs; the first one wins where all do as well."""

DELIMITER_LABELS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("pipe"),
}
# Process-wide in Python's csv module; nothing else here reads CSV.
csv.field_size_limit(MAX_LINE)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: `number` as a spreadsheet counts its rows, the header's included.

    Blank records are skipped but counted. Cells are trimmed and as many as the header
    has. `problem` is set when the record as a whole can't be read; then the cells are
    not to be trusted.
    """

    number: int
    cells: tuple[str, ...]
    problem: BadCellError | None = None


RawRecord: TypeAlias = tuple[int, list[str], BadCellError | None]


@dataclass(frozen=True)
class Table:
    """A file whose shape is known; `records()` reads it.

    `record_count` counts the records under the header that are not blank; `sha256`,
    `size` (bytes) and `encoding` are those of the bytes. `has_shifted_cells` is true
    when more than half of the records are longer than the header: then none of the
    longer ones can be trusted, even where the surplus is blank.
    """

    stream: BinaryIO
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_number: int
    record_count: int
    has_shifted_cells: bool
    size: int
    sha256: str

    def records(self) -> Iterator[Record]:
        """Yield every record under the header; starts over with each call."""
        for number, cells, problem in _raw(self.stream, self.encoding, self.delimiter):
            if number > self.header_number and (problem or any(cells)):
                yield self._fitted(number, cells, problem)

    def _fitted(
        self, number: int, cells: list[str], problem: BadCellError | None
    ) -> Record:
        surplus = len(cells) - len(self.header)
        if surplus > 0:
            if self.has_shifted_cells or any(cells[len(self.header) :]):
                problem = problem or _too_long(len(cells), len(self.header))
            cells = cells[: len(self.header)]
        elif surplus < 0:
            cells.extend([""] * -surplus)
        return Record(number, tuple(cells), problem)


def open_table(stream: BinaryIO, *, known: Collection[str], max_bytes: int) -> Table:
    """Find out how `stream`, a seekable file of bytes, is written.

    `known` are normalised column names: of the possible delimiters the one wins that
    finds most of them in the header, then the one that finds most columns. Raises
    UnreadableFileError when the file is no table, is larger than `max_bytes`, has no
    records, or ends inside a quoted cell.
    """
    text = survey_bytes(stream, max_bytes=max_bytes)
    delimiter, header_number, header = _find_header(stream, text.encoding, known)
    count, longer = _count(stream, text.encoding, delimiter, len(header), header_number)
    if not count:
        raise UnreadableFileError(_("The file has a header, but no records under it."))
    return Table(
        stream=stream,
        encoding=text.encoding,
        delimiter=delimiter,
        header=tuple(header),
        header_number=header_number,
        record_count=count,
        has_shifted_cells=longer * 2 > count,
        size=text.size,
        sha256=text.sha256,
    )


def _find_header(
    stream: BinaryIO, encoding: str, known: Collection[str]
) -> tuple[str, int, list[str]]:
    """Return the delimiter, and the number and cells of the first record not blank."""
    candidates: list[tuple[int, int, str, int, list[str]]] = []
    problems: list[UnreadableFileError] = []
    for delimiter in DELIMITERS:
        try:
            number, cells = _first_record(stream, encoding, delimiter)
        except UnreadableFileError as problem:  # quotes that fit another delimiter
            problems.append(problem)
        else:
            hits = sum(normalise(cell) in known for cell in cells)
            candidates.append((hits, len(cells), delimiter, number, cells))
    if not candidates:
        raise problems[0]
    best = max(candidates, key=lambda candidate: candidate[:2])
    if len(best[4]) > MAX_COLUMNS:
        raise UnreadableFileError(
            _("The file has %(count)d columns; up to %(limit)d can be read.")
            % {"count": len(best[4]), "limit": MAX_COLUMNS}
        )
    return best[2:]


def _first_record(
    stream: BinaryIO, encoding: str, delimiter: str
) -> tuple[int, list[str]]:
    for number, cells, problem in _raw(stream, encoding, delimiter):
        if problem:
            raise UnreadableFileError(str(problem))
        if any(cell.strip(",;|") for cell in cells):  # ",," is a name in no table
            return number, cells
    raise UnreadableFileError(_("The file has no text in it."))


def _count(
    stream: BinaryIO, encoding: str, delimiter: str, width: int, header_number: int
) -> tuple[int, int]:
    """Return how many records there are, and how many are longer than the header."""
    count = longer = 0
    for number, cells, problem in _raw(stream, encoding, delimiter):
        if number > header_number and (problem or any(cells)):
            count += 1
            longer += len(cells) > width
    return count, longer


def _raw(stream: BinaryIO, encoding: str, delimiter: str) -> Iterator[RawRecord]:
    """Yield number, trimmed cells and problem of every record, blank ones too."""
    reader = csv.reader(read_lines(stream, encoding), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            # The reader goes on with the next line, so only this record is lost;
            # except at the end, where an open quote may have swallowed everything.
            yield number, [], _explained(error, number)
        else:
            yield number, cells, None


def _explained(error: csv.Error, number: int) -> BadCellError:
    """Return what the csv module means; raise when it is the end of the file."""
    said = str(error)
    if "unexpected end" in said:
        raise UnreadableFileError(
            _(
                "The file ends inside a quoted cell that begins in record"
                " %(number)d: it was cut off, or a closing quote is missing."
            )
            % {"number": number}
        )
    if "larger than field limit" in said:
        raise endless_line()
    return BadCellError(
        _("A quote stands in the wrong place."),
        _("Inside a quoted cell, write each quote twice."),
    )


def _too_long(cells: int, columns: int) -> BadCellError:
    return BadCellError(
        _("The record has %(cells)d cells, the header has %(columns)d.")
        % {"cells": cells, "columns": columns},
        _("Put a cell that has the delimiter in it into quotes."),
    )
