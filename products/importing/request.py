"""A file and what to do with it, up to its plan; nothing here writes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from products.importing.findings import Findings
from products.importing.formats import Format
from products.importing.plan import Plan
from products.importing.planning import Planner
from products.importing.registry import KNOWN_HEADERS, choose_format
from products.importing.stocking import Target, find_target
from products.models import Location
from products.services.references import CategoryPaths
from products.tabular.columns import Columns
from products.tabular.reading import Table, open_table

UPLOAD_LIMIT = 20_000_000  # bytes; a request has to answer
COMMAND_LIMIT = 200_000_000

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how far it is, and how far it will go."""


@dataclass(frozen=True)
class ImportRequest:
    """A file and what to do with it.

    `stream` is seekable bytes. `location` takes the stock of columns that name none.
    `format_code` is "" to find it out. Stock of existing products moves only when
    `sets_stock`.
    """

    stream: BinaryIO
    file_name: str
    location: Location
    format_code: str = ""
    sets_stock: bool = False
    is_dry_run: bool = False
    max_bytes: int = COMMAND_LIMIT


@dataclass(frozen=True)
class OpenedFile:
    """A file whose format, columns and stock locations are known."""

    request: ImportRequest
    table: Table
    format: Format
    columns: Columns
    target: Target


def open_file(request: ImportRequest) -> OpenedFile:
    """Find out what kind of file it is; raises UnreadableFileError."""
    table = open_table(request.stream, known=KNOWN_HEADERS, max_bytes=request.max_bytes)
    chosen, columns = choose_format(table, request.format_code)
    target = find_target(columns, request.location, sets_stock=request.sets_stock)
    return OpenedFile(request, table, chosen, columns, target)


def plan_file(
    opened: OpenedFile, progress: Progress
) -> tuple[Plan, Findings, CategoryPaths]:
    """Return what the file would do to the shop as it is now, and what it can't.

    The categories are those the plan was made with, for `applying`.
    """
    findings = Findings(opened.columns.title)
    if opened.columns.unknown:
        findings.note_unread(opened.table.header_number, opened.columns.unknown)
    categories = CategoryPaths()
    planner = Planner(target=opened.target, categories=categories, findings=findings)
    rows = opened.format.read(opened.table.records(), opened.columns, findings)
    total = opened.table.record_count
    progress(_("Reading"), 0, total)
    for last_record in planner.add(rows):
        done = min(last_record - opened.table.header_number, total)
        progress(_("Reading"), done, total)
    plan = planner.finish()
    findings.sort()
    return plan, findings, categories
