"""A file and what to do with it, up to its plan; nothing here writes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from products.importing.findings import Findings
from products.importing.formats import Format
from products.importing.plan import PlannedProduct
from products.importing.planning import Moves, Planner
from products.importing.registry import KNOWN_HEADERS, choose_format
from products.importing.stocking import Target, find_target
from products.models import Location
from products.tabular.columns import Columns
from products.tabular.reading import Record, Table, open_table

MOST_BYTES = 200_000_000  # of a file, by whichever door it comes

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how far it is, and how far it will go."""


@dataclass(frozen=True)
class ImportRequest:
    """A file and what to do with it.

    `stream` is seekable bytes. `location` takes the stock of columns that name none.
    `format_code` is "" to find it out. Stock of existing products moves only when
    `sets_stock`; a strict import makes no category, brand, group or location.
    `mapping` is header -> field, where a person named the columns.
    """

    stream: BinaryIO
    file_name: str
    location: Location
    format_code: str = ""
    sets_stock: bool = False
    is_strict: bool = False
    is_dry_run: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = MOST_BYTES


@dataclass(frozen=True)
class OpenedFile:
    """A file whose format, columns and stock locations are known."""

    request: ImportRequest
    table: Table
    format: Format
    columns: Columns
    target: Target


@dataclass
class Planning:
    """A file while it is planned: `batches` does the work and fills `findings`."""

    opened: OpenedFile
    moves: Moves | None = None
    findings: Findings = field(init=False)
    planner: Planner = field(init=False)

    def __post_init__(self) -> None:
        self.findings = Findings(self.opened.columns.title)
        self.planner = Planner(
            target=self.opened.target, findings=self.findings, moves=self.moves
        )

    def batches(self) -> Iterator[tuple[list[PlannedProduct], int]]:
        """Yield what is planned and how many records are read, batch by batch.

        Take the findings after each: those of the last come with an empty one.
        """
        opened = self.opened
        if opened.columns.unknown:
            number = opened.table.header_number
            self.findings.note_unread(number, opened.columns.unknown)
        records = Counted(opened.table)
        rows = opened.format.read(records, opened.columns, self.findings)
        for planned in self.planner.add(rows):
            yield planned, records.count
        yield [], records.count

    def report(self) -> dict[str, dict[str, object]]:
        """Return what applying would make besides products, for `ImportRun.report`."""
        places = sorted(self.opened.target.new.values())
        return self.planner.references.as_report() | {
            "locations": {"count": len(places), "names": places}
        }


class Counted:
    """The records of a table, with the number of those that were taken."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        self.count = 0
        for record in self._table.records():
            self.count += 1
            yield record


def open_file(request: ImportRequest) -> OpenedFile:
    """Find out what kind of file it is; raises UnreadableFileError."""
    table = open_table(request.stream, known=KNOWN_HEADERS, max_bytes=request.max_bytes)
    chosen, columns = choose_format(table, request.format_code)
    target = find_target(
        columns,
        request.location,
        sets_stock=request.sets_stock,
        is_strict=request.is_strict,
    )
    return OpenedFile(request, table, chosen, columns, target)
