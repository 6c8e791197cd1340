"""A file and what to do with it, up to its plan; nothing here writes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from products.importing.decimal_marks import (
    find_decimal_commas,
    note_decimal_commas,
    with_points,
)
from products.importing.findings import Findings
from products.importing.formats import Format
from products.importing.guessing import Column
from products.importing.naming import UnnamedColumnsError, choose_columns
from products.importing.order_planning import OrderPlanner
from products.importing.plan import PlannedProduct
from products.importing.planning import Moves, Planner
from products.importing.registry import KNOWN_HEADERS
from products.importing.stocking import Target, find_target
from products.models import Location
from products.tabular.columns import Columns
from products.tabular.problems import ColumnsError
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
    """A file whose format, columns and stock locations are known.

    `named` are the columns of a table that had to be named, empty for other formats.
    """

    request: ImportRequest
    table: Table
    format: Format
    columns: Columns
    target: Target
    named: Sequence[Column] = ()

    def mendable_records(self) -> Iterator[Record]:
        """Yield every record as it may be kept when it is refused."""
        records = self.table.records()
        mendable = self.format.mendable
        return mendable(records, self.columns) if mendable else records


class RowPlanner(Protocol):
    """What plans the rows of a file; see Planner."""

    def add(self, rows: Iterable[Any]) -> Iterator[Sequence[PlannedProduct]]: ...

    def finish(self) -> Sequence[PlannedProduct]: ...

    def report(self) -> dict[str, dict[str, object]]: ...


@dataclass
class Planning:
    """A file while it is planned: `batches` does the work and fills `findings`."""

    opened: OpenedFile
    moves: Moves | None = None
    left_out: Collection[int] = ()
    findings: Findings = field(init=False)
    planner: RowPlanner = field(init=False)

    def __post_init__(self) -> None:
        self.findings = Findings(self.opened.columns.title)
        target = self.opened.target
        if self.opened.format.reads_orders:
            self.planner = OrderPlanner(target=target, findings=self.findings)
        else:
            self.planner = Planner(
                target=target,
                findings=self.findings,
                moves=self.moves,
                left_out=self.left_out,
            )

    def batches(self) -> Iterator[tuple[Sequence[PlannedProduct], int]]:
        """Yield what is planned and how many records are read, batch by batch.

        Take the findings after each: those of the last come with an empty one.
        """
        opened = self.opened
        number = opened.table.header_number
        self.findings.note_table(opened.table, opened.columns)
        if opened.format.is_stock_only and not opened.request.sets_stock:
            self.findings.note_stock_only(number)
        records = Counted(opened.table)
        commas = find_decimal_commas(opened.table, opened.columns)
        note_decimal_commas(commas, number, self.findings)
        rows = opened.format.read(
            with_points(records, opened.columns, commas), opened.columns, self.findings
        )
        for planned in self.planner.add(rows):
            yield planned, records.count
        yield [], records.count

    def report(self) -> dict[str, dict[str, object]]:
        """Return what applying would make besides products, for `ImportRun.report`."""
        return self.planner.report()


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


def open_file(request: ImportRequest, *, asks_person: bool = False) -> OpenedFile:
    """Find out what kind of file it is; raises UnreadableFileError.

    UnnamedColumnsError where it `asks_person` and nobody can say what the columns are;
    without it, those that nobody has named are guessed by their headers.
    """
    table = open_table(request.stream, known=KNOWN_HEADERS, max_bytes=request.max_bytes)
    choice = choose_columns(
        table, request.format_code, request.mapping, asks_person=asks_person
    )
    try:
        target = find_target(
            choice.columns,
            request.location,
            sets_stock=request.sets_stock,
            is_strict=request.is_strict,
        )
    except ColumnsError as error:
        if asks_person and choice.named:
            raise UnnamedColumnsError(table, choice.named, str(error)) from error
        raise
    return OpenedFile(
        request, table, choice.format, choice.columns, target, choice.named
    )
