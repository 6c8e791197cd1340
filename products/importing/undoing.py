"""Undoing an import in the background, where a request would take too long.

Like the other jobs it claims its run first. What it does and the state it ends in are
one transaction, so a killed worker leaves the import as it was.
"""

import logging

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import InventoryError
from products.importing.claiming import claim, patiently
from products.importing.runs import State
from products.models import ImportRun, Operation
from products.services.operations import Author, Circumstances, Once
from products.services.undo import undo_operation, was_undone

INLINE_LINES = 3_000  # products changed and movements that a request can take back
UNDOING_COSTS = 3  # times the seconds that planning took; measured as APPLYING_COSTS is
GOING_BACK = frozenset({State.TO_UNDO, State.UNDOING})

logger = logging.getLogger(__name__)


def long_run_of(operation: Operation) -> ImportRun | None:
    """Return the import whose undo is too long for a request; None for all others.

    Three queries for an import.
    """
    run = ImportRun.objects.filter(operation=operation).first()
    if run is None:
        return None
    lines = operation.changes.count() + operation.movements.count()
    return run if lines > INLINE_LINES else None


def seconds_to_undo(run: ImportRun) -> float:
    """Return about how long undoing takes, judged by how long planning took."""
    return float(run.report.get("seconds", 0)) * UNDOING_COSTS


def undo_in_job(run_id: int, author: Author) -> None:
    """Undo a run that waits for it; nothing when somebody else has taken it.

    Afterwards it is APPLIED again: undone, or with the problem and as it was.
    """
    run = ImportRun.objects.select_related("operation").get(pk=run_id)
    if not claim(run, State.TO_UNDO, to=State.UNDOING):
        return
    try:
        patiently(run, lambda: _undo(run, author))
    except (InventoryError, OperationalError) as error:
        logger.warning("The import of %s was not undone: %s", run, error)
        _give_up(run, str(error))
    except Exception:
        logger.exception("The import of %s was not undone", run)
        _give_up(
            run,
            _(
                "Something went wrong on our side; nothing was undone. The server's"
                " log says more."
            ),
        )


@transaction.atomic
def _undo(run: ImportRun, author: Author) -> None:
    operation = _operation_of(run)
    once = Once(f"undo-import:{run.pk}", {"operation": operation.pk})
    undo_operation(
        operation_id=operation.pk, circumstances=Circumstances(author, once=once)
    )
    ImportRun.objects.filter(pk=run.pk).update(
        state=State.APPLIED, problem="", alive_at=timezone.now()
    )


def _give_up(run: ImportRun, problem: str) -> None:
    """Leave the run as it was; without a problem where somebody else has undone it."""
    ImportRun.objects.filter(pk=run.pk, state=State.UNDOING).update(
        state=State.APPLIED,
        problem="" if was_undone(_operation_of(run)) else problem,
        alive_at=timezone.now(),
    )


def _operation_of(run: ImportRun) -> Operation:
    if run.operation is None:
        message = "a run to undo has changed something"
        raise ValueError(message)
    return run.operation
