"""One import from file to report in one call: what the command does."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from products.errors import InventoryError
from products.importing.applying import PlanOutdated
from products.importing.claiming import ATTEMPTS, claim
from products.importing.findings import Findings
from products.importing.report import describe_file, stored_findings
from products.importing.request import ImportRequest, Planning, Progress, open_file
from products.importing.runs import (
    AppliedElsewhere,
    State,
    apply_run,
    plan_run,
    silent,
)
from products.importing.staged import outcome_of
from products.importing.uploads import new_run
from products.models import ImportRow, ImportRun
from products.services.operations import Author, Circumstances, find_repeated
from products.tabular.problems import UnreadableFileError

Outcome = ImportRow.Outcome


class ShopChanged(InventoryError):
    """Others kept changing what the file changes; nothing was imported."""

    code = "shop_changed"


@dataclass
class ImportOutcome:
    """What came of an import: its record, and everything it found.

    The record of a dry run is not saved. `is_repeated` says that the same request was
    carried out before and did nothing now.
    """

    run: ImportRun
    dry_findings: Findings | None = None
    is_repeated: bool = False

    @cached_property
    def findings(self) -> Findings:
        """Refusals and notes, read from the database unless it was a dry run."""
        return self.dry_findings or stored_findings(self.run)


def run_import(
    request: ImportRequest,
    *,
    circumstances: Circumstances,
    progress: Progress = silent,
) -> ImportOutcome:
    """Import a file as one operation, or plan it only when it is a dry run.

    With a known idempotency key the record of the first call comes back; a call that
    changed nothing is not remembered. Refused records never stop the others.

    Raises UnreadableFileError for a file that can't be read, KeyReused, and
    ShopChanged when others kept changing the same products.
    """
    if request.is_dry_run:
        return _rehearse(request, circumstances.author, progress)
    known = find_repeated(circumstances.once)
    if known is not None:
        return ImportOutcome(known.import_run, is_repeated=True)
    run = new_run(request, circumstances.author, state=State.PLANNING)
    run.save(force_insert=True)
    try:
        _plan_and_apply(run, request, circumstances, progress)
    except AppliedElsewhere as other:
        run.delete()
        return ImportOutcome(other.operation.import_run, is_repeated=True)
    except (UnreadableFileError, ShopChanged):
        run.delete()
        raise
    return ImportOutcome(run)


def _plan_and_apply(
    run: ImportRun,
    request: ImportRequest,
    circumstances: Circumstances,
    progress: Progress,
) -> None:
    for _attempt in range(ATTEMPTS):
        plan_run(run, request.stream, progress=progress, max_bytes=request.max_bytes)
        if run.state == State.FAILED:
            raise UnreadableFileError(run.problem)
        claim(run, State.PLANNED, to=State.APPLYING)
        try:
            apply_run(
                run, circumstances.author, once=circumstances.once, progress=progress
            )
        except PlanOutdated:
            claim(run, State.PLANNED, to=State.PLANNING)
        else:
            return
    raise ShopChanged(
        _(
            "Others are changing the same products. Nothing was imported; try again in"
            " a moment."
        )
    )


def _rehearse(
    request: ImportRequest, author: Author, progress: Progress
) -> ImportOutcome:
    """Plan without storing anything; the findings are kept in memory."""
    run = new_run(request, author, state=State.DISCARDED)
    opened = open_file(request)
    describe_file(run, opened)
    planning = Planning(opened)
    outcomes: dict[int, ImportRow.Outcome] = {}
    for planned, done in planning.batches():
        outcomes |= {each.record: outcome_of(each) for each in planned}
        progress(_("Reading"), done, run.record_count)
    outcomes |= {each.record: outcome_of(each) for each in planning.planner.finish()}
    findings = planning.findings
    refused = findings.refused_records
    counts = Counter(
        outcome for record, outcome in outcomes.items() if record not in refused
    )
    findings.sort()
    run.created_count = counts[Outcome.NEW]
    run.changed_count = counts[Outcome.CHANGED]
    run.unchanged_count = counts[Outcome.UNCHANGED]
    run.refused_count = len(refused)
    run.note_count = len(findings.notes)
    run.report |= planning.report()
    return ImportOutcome(run, findings)
