"""What a person sets going on the site: small files at once, long ones in a worker.

A job claims its run before it works, so a task that is delivered twice, a second click
and a worker that comes back from the dead do no harm.
"""

import logging
from datetime import timedelta
from typing import BinaryIO, cast

from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory_site.security.events import ASKING, Event
from products.errors import InventoryError
from products.importing.applying import PlanOutdated
from products.importing.claiming import TakenOverError, claim, finish, forget_rows
from products.importing.runs import State, apply_run, plan_run
from products.importing.telling import tell
from products.importing.undoing import seconds_to_undo
from products.importing.uploads import forget_upload
from products.models import ImportRun
from products.services.operations import Author

INLINE_BYTES = 500_000  # a second or two of reading, which a request can hold
PACKED = 10  # times its size is what a workbook unpacks to
INLINE_ROWS = 1_500  # products that a request can write
UNTAKEN = timedelta(seconds=20)  # until a page says that no worker is there
SILENT = timedelta(seconds=90)  # until a page says that the work has stopped
APPLYING_COSTS = 5  # times the seconds that planning took; `make bench` measures it

WAITING = frozenset({State.UPLOADED, State.QUEUED, State.TO_UNDO})
AT_WORK = (State.PLANNING, State.APPLYING, State.UNDOING)

logger = logging.getLogger(__name__)


def plan_in_job(run_id: int, *, is_again: bool = False) -> None:
    """Plan a run that waits for it; nothing when somebody else has taken it."""
    run = ImportRun.objects.select_related("location").get(pk=run_id)
    if claim(run, State.UPLOADED, to=State.PLANNING):
        _plan(run, is_again=is_again)


def apply_in_job(run_id: int, author: Author) -> None:
    """Apply a run that waits for it; when the shop has changed, plan it anew."""
    run = ImportRun.objects.select_related("location").get(pk=run_id)
    if not claim(run, State.QUEUED, to=State.APPLYING):
        return
    try:
        apply_run(run, author)
    except PlanOutdated:
        if claim(run, State.PLANNED, to=State.PLANNING):
            _plan(run, is_again=True)
    except (InventoryError, OperationalError) as error:
        logger.warning("The import of %s was not applied: %s", run, error)
    except TakenOverError:
        logger.warning("Somebody else applies %s", run)
    except Exception:
        logger.exception("The import of %s was not applied", run)
        _leave(run, State.PLANNED)
    else:
        forget_upload(run)


def _plan(run: ImportRun, *, is_again: bool) -> None:
    try:
        with run.upload.open("rb") as file:
            stream = cast("BinaryIO", file)
            plan_run(run, stream, is_again=is_again, asks_person=True)
    except TakenOverError:
        logger.warning("Somebody else reads %s", run)
        return
    except Exception:
        logger.exception("The file of %s could not be planned", run)
        _leave(run, State.FAILED)
    if run.state in {State.FAILED, State.DISCARDED}:
        forget_upload(run)


def discard(run: ImportRun) -> bool:
    """End a run that is not applied yet; say whether that could be done.

    One that is being read ends at the next batch.
    """
    ImportRun.objects.filter(pk=run.pk, state=State.PLANNING).update(is_cancelling=True)
    waiting = (State.UPLOADED, State.COLUMNS, State.PLANNED, State.QUEUED)
    is_dead = is_stuck(run) and run.state == State.PLANNING
    states = (*waiting, State.PLANNING) if is_dead else waiting
    if not claim(run, *states, to=State.DISCARDED):
        return run.state == State.PLANNING
    forget_rows(run)
    forget_upload(run)
    tell(Event.IMPORT_DISCARDED, run, who=ASKING)
    return True


def is_stuck(run: ImportRun) -> bool:
    """Say whether nobody seems to work on a run that somebody should work on.

    One that waits in the queue behind another isn't; a query more for these.
    """
    if run.alive_at is None:
        return False
    patience = {
        State.UPLOADED: UNTAKEN,
        State.QUEUED: UNTAKEN,
        State.PLANNING: SILENT,
        State.APPLYING: SILENT + 2 * timedelta(seconds=seconds_to_apply(run)),
        State.TO_UNDO: UNTAKEN,
        State.UNDOING: SILENT + 2 * timedelta(seconds=seconds_to_undo(run)),
    }.get(run.step)
    if patience is None or timezone.now() - run.alive_at <= patience:
        return False
    return run.state not in WAITING or not _is_anyone_at_work()


def _is_anyone_at_work() -> bool:
    working = ImportRun.objects.filter(state__in=AT_WORK)
    return any(not is_stuck(run) for run in working)


def seconds_to_apply(run: ImportRun) -> float:
    """Return about how long applying takes, judged by how long planning took."""
    return float(run.report.get("seconds", 0)) * APPLYING_COSTS


def blocks_writers() -> bool:
    """Say whether all who save something wait while a run is applied or undone."""
    return connection.vendor == "sqlite"


def _leave(run: ImportRun, state: ImportRun.State) -> None:
    """End a step that went wrong, unless somebody else has begun it anew."""
    text = _(
        "Something went wrong on our side; nothing was imported. The server's log says"
        " more."
    )
    try:
        finish(run, state, problem=text)
    except TakenOverError:
        logger.warning("Somebody else works on %s", run)
