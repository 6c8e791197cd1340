"""One import from file to report: open, plan, apply, keep the record of it."""

import logging
from dataclasses import dataclass, replace

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from products.errors import InsufficientStock, InventoryError, ProductGone
from products.importing.applying import apply_plan
from products.importing.findings import Findings
from products.importing.plan import Plan
from products.importing.report import kept_findings, make_run
from products.importing.request import (
    ImportRequest,
    OpenedFile,
    Progress,
    open_file,
    plan_file,
)
from products.models import ImportRun, Operation
from products.services.bulk_editing import EditsOutdated
from products.services.operations import (
    Circumstances,
    find_repeated,
    start_operation,
)

ATTEMPTS = 3  # plans made anew because somebody changed the shop meanwhile
OUTDATED = (
    EditsOutdated,
    ProductGone,
    InsufficientStock,
    IntegrityError,  # somebody took a SKU, a barcode or a name
    OperationalError,  # a deadlock: the database chose this import to give way
)
REFERENCE_LENGTH = 120

logger = logging.getLogger(__name__)


class ShopChanged(InventoryError):
    """Others kept changing what the file changes; nothing was imported."""

    code = "shop_changed"


@dataclass(frozen=True)
class ImportOutcome:
    """What came of an import: its record, and everything it found in full."""

    run: ImportRun
    plan: Plan
    findings: Findings
    is_repeated: bool = False


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


def run_import(
    request: ImportRequest,
    *,
    circumstances: Circumstances,
    progress: Progress = silent,
) -> ImportOutcome:
    """Import a file as one operation, or plan it only when it is a dry run.

    The operation is named after the file. With a known idempotency key the record of
    the first call comes back, with what was kept of its findings and an empty plan; a
    call that changed nothing is not remembered. Refused records never stop the
    others. The record of a dry run is not saved; that is the caller's choice.

    Raises UnreadableFileError for a file that can't be read, KeyReused, and
    ShopChanged when others kept changing the same products.
    """
    opened = open_file(request)
    circumstances = replace(
        circumstances, reference=request.file_name[:REFERENCE_LENGTH]
    )
    if request.is_dry_run:
        plan, findings, _categories = plan_file(opened, progress)
        return ImportOutcome(
            make_run(opened, circumstances.author, plan, findings), plan, findings
        )
    known = find_repeated(circumstances.once)
    if known is not None:
        return _repeated(known)
    for _attempt in range(1, ATTEMPTS):
        try:
            return _plan_and_apply(opened, circumstances, progress)
        except OUTDATED as error:
            logger.warning("Import of %s is planned anew: %s", request.file_name, error)
    try:
        return _plan_and_apply(opened, circumstances, progress)
    except OUTDATED as error:
        raise ShopChanged(_stopped()) from error


def _plan_and_apply(
    opened: OpenedFile, circumstances: Circumstances, progress: Progress
) -> ImportOutcome:
    plan, findings, categories = plan_file(opened, progress)
    total = len(plan.created) + len(plan.changed)
    with transaction.atomic():
        # The same form, sent twice, may have been imported while this one planned.
        operation = find_repeated(circumstances.once)
        if operation is not None:
            return _repeated(operation)
        if plan.does_something:
            operation, is_new = start_operation(Operation.Kind.IMPORTED, circumstances)
            if not is_new:
                return _repeated(operation)
            apply_plan(
                plan,
                operation=operation,
                circumstances=circumstances,
                categories=categories,
                progress=lambda done: progress(_("Writing"), done, total),
            )
        run = make_run(opened, circumstances.author, plan, findings)
        run.operation = operation
        run.save(force_insert=True)
    return ImportOutcome(run, plan, findings)


def _stopped() -> str:
    return _(
        "Others are changing the same products. Nothing was imported; try again in a"
        " moment."
    )


def _repeated(operation: Operation) -> ImportOutcome:
    run = operation.import_run
    return ImportOutcome(run, Plan(), kept_findings(run), is_repeated=True)
