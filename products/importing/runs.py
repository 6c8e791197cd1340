"""The way of a file: uploaded, planned, applied or discarded, each step exactly once.

Nothing here knows whether it runs in a request, a background task or a command, nor who
else might: `claiming` does.
"""

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic
from typing import BinaryIO

from django.db import OperationalError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory_site.security.events import ASKING, Event
from inventory_site.security.events import Outcome as Told
from products.errors import InventoryError
from products.importing.applying import apply_rows
from products.importing.claiming import (
    ATTEMPTS_TO_READ,
    begin,
    finish,
    hold,
    keep,
    patiently,
)
from products.importing.naming import UnnamedColumnsError
from products.importing.order_applying import apply_order_rows
from products.importing.registry import FORMATS
from products.importing.report import describe_file, describe_table
from products.importing.request import (
    MOST_BYTES,
    ImportRequest,
    OpenedFile,
    Planning,
    Progress,
    open_file,
)
from products.importing.staged import planned_moves, rows_to_apply, seen_rows
from products.importing.staging import CancelledError, Staging
from products.importing.telling import tell
from products.models import ImportRow, ImportRun, Operation
from products.services.operations import (
    Author,
    Circumstances,
    Once,
    find_repeated,
    start_operation,
)
from products.tabular.problems import UnreadableFileError

State = ImportRun.State
Outcome = ImportRow.Outcome
REFERENCE_LENGTH = 120
FOUND = ("size", "sha256", "format", "encoding", "delimiter", "record_count")
DESCRIBED = (*FOUND, "progress_total", "report")


class AppliedElsewhere(Exception):
    """The same request was carried out as another run: `operation`."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        super().__init__()


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


def plan_run(
    run: ImportRun,
    stream: BinaryIO,
    *,
    progress: Progress = silent,
    is_again: bool = False,
    asks_person: bool = False,
    max_bytes: int = MOST_BYTES,
) -> None:
    """Read the file of a run that is PLANNING and stage what it would do.

    Ends PLANNED; FAILED with the problem when the file can't be read; DISCARDED without
    rows when it was cancelled; where it `asks_person`, COLUMNS when nobody can say what
    the columns are. With `is_again`, rows that come out differently from the preview
    before are marked and not ticked, and planned stock differences stay.

    Raises TakenOverError, with nothing more written, when somebody else works on it.
    """
    seen = seen_rows(run) if is_again else None
    moves = planned_moves(run) if is_again else None
    patiently(run, lambda: begin(run), attempts=ATTEMPTS_TO_READ)
    started = monotonic()
    try:
        request = replace(request_of(run, stream), max_bytes=max_bytes)
        opened = _open(run, request, asks_person=asks_person)
        planning = Planning(opened, moves, _unticked(seen))
        staging = Staging(run, seen)
        for planned, done in planning.batches():
            staging.write(planned, planning.findings, done=done)
            progress(_("Reading"), done, run.record_count)
        staging.write_again(planning.planner.finish(), planning.findings)
        staging.keep_cells(opened.mendable_records())
    except UnnamedColumnsError as error:
        _wait_for_names(run, error)
    except UnreadableFileError as error:
        finish(run, State.FAILED, problem=str(error))
        tell(Event.IMPORT_PLANNED, run, outcome=Told.FAILED)
    except CancelledError:
        finish(run, State.DISCARDED)
    else:
        count_rows(run)
        run.report |= planning.report()
        run.report["seconds"] = round(monotonic() - started, 1)
        run.is_cancelling = False
        run.progress_done = run.record_count
        finish(run, State.PLANNED)
        tell(Event.IMPORT_PLANNED, run)


def _open(run: ImportRun, request: ImportRequest, *, asks_person: bool) -> OpenedFile:
    """Open the file of the run and store what is known of it before it is read."""
    opened = open_file(request, asks_person=asks_person)
    describe_file(run, opened)
    patiently(run, lambda: keep(run, DESCRIBED), attempts=ATTEMPTS_TO_READ)
    return opened


def _unticked(seen: Mapping[int, tuple[bytes, bool]] | None) -> set[int]:
    """Return the records that were not ticked in the preview before."""
    return {record for record, (_, is_in) in (seen or {}).items() if not is_in}


def _wait_for_names(run: ImportRun, error: UnnamedColumnsError) -> None:
    describe_table(run, error.table, error.named)
    finish(run, State.COLUMNS, problem=error.fault)


def request_of(run: ImportRun, stream: BinaryIO) -> ImportRequest:
    """Return what was asked for when the file was handed in."""
    if run.location is None:
        message = "a run to plan has a location"
        raise ValueError(message)
    return ImportRequest(
        stream=stream,
        file_name=run.file_name,
        location=run.location,
        format_code=run.format_asked,
        sets_stock=run.sets_stock,
        is_strict=run.is_strict,
        mapping=run.mapping,
    )


def count_rows(run: ImportRun) -> None:
    """Set the figures of the run from its rows; two queries, nothing saved.

    Its report says how many rows of each outcome are not ticked, and how many came out
    differently from the preview before.
    """
    kinds = run.rows.order_by().values_list("outcome", "is_accepted", "is_different")
    counts = dict.fromkeys(Outcome.values, 0)
    unticked = dict.fromkeys([Outcome.NEW.value, Outcome.CHANGED.value], 0)
    different = 0
    for outcome, is_accepted, is_different, count in kinds.annotate(count=Count("pk")):
        counts[outcome] += count
        different += count if is_different else 0
        if outcome in unticked and not is_accepted:
            unticked[outcome] += count
    run.created_count = counts[Outcome.NEW]
    run.changed_count = counts[Outcome.CHANGED]
    run.unchanged_count = counts[Outcome.UNCHANGED]
    run.refused_count = counts[Outcome.REFUSED]
    run.note_count = run.findings.filter(is_refusal=False).count()
    run.report |= {"unticked": unticked, "different": different}


def apply_run(
    run: ImportRun,
    author: Author,
    *,
    once: Once | None = None,
    progress: Progress = silent,
) -> None:
    """Carry out the plan of a run that is APPLYING: one transaction, one operation.

    Exactly once: the operation's key is the run's, unless `once` brings another. A run
    that has nothing to change is APPLIED without an operation.

    Raises PlanOutdated when the shop has changed too much since the plan was made, and
    OperationalError when the database can't be written; the run is PLANNED again then.
    Raises TakenOverError, with nothing written, when somebody else works on the run;
    nobody else can claim it until the transaction ends.
    """
    circumstances = Circumstances(
        author=author,
        reference=run.file_name[:REFERENCE_LENGTH],
        once=once or Once(f"import:{run.pk}", {"run": run.pk}),
        now=timezone.now(),
    )
    try:
        patiently(run, lambda: _apply(run, circumstances, progress))
    except (InventoryError, OperationalError) as error:
        finish(run, State.PLANNED, problem=str(error))
        tell(Event.IMPORT_APPLIED, run, who=author.user or ASKING, outcome=Told.FAILED)
        raise
    run.refresh_from_db(fields=["state", "operation", "applied_at", "alive_at"])
    tell(Event.IMPORT_APPLIED, run, who=author.user or ASKING)


@transaction.atomic
def _apply(run: ImportRun, circumstances: Circumstances, progress: Progress) -> None:
    hold(run)
    operation = None
    total = rows_to_apply(run).count()
    known = find_repeated(circumstances.once)
    if known is not None:
        raise AppliedElsewhere(known)
    if total:
        operation, is_new = start_operation(Operation.Kind.IMPORTED, circumstances)
        if not is_new:
            raise AppliedElsewhere(operation)
        is_about_orders = FORMATS[run.format].reads_orders
        apply_planned = apply_order_rows if is_about_orders else apply_rows
        apply_planned(
            run,
            operation=operation,
            circumstances=circumstances,
            progress=lambda done: progress(_("Writing"), done, total),
        )
    ImportRun.objects.filter(pk=run.pk).update(
        state=State.APPLIED,
        operation=operation,
        applied_at=circumstances.now,
        alive_at=circumstances.now,
    )
