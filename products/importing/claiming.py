"""Who works on a run: whoever claimed it last, and nobody else can write to it.

A worker that seems dead may only be slow, and comes back after somebody else took its
run. `state` and `alive_at` tell the two apart: each claim and each sign of life changes
`alive_at`, so who holds older ones holds nothing.
"""

import logging
from collections.abc import Callable, Collection
from copy import copy

from django.db import OperationalError, transaction
from django.utils import timezone

from products.models import ImportRun

State = ImportRun.State
KEPT = {"id", "created_at", "applied_at"}  # what no end of a step changes
ENDED = {field.name for field in ImportRun._meta.concrete_fields} - KEPT
ATTEMPTS = 3  # at a deadlock, in which the database chose this import to give way
ATTEMPTS_TO_READ = 15  # on SQLite, five minutes in which another import is applied

logger = logging.getLogger(__name__)


class TakenOverError(Exception):
    """Somebody else has claimed the run since, or ended it: leave it alone."""


def claim(run: ImportRun, *states: ImportRun.State, to: ImportRun.State) -> bool:
    """Move the run on if it is in one of `states`; say whether this call did it.

    Waits for a transaction that `hold`s the run.
    """
    now = timezone.now()
    waiting = ImportRun.objects.filter(pk=run.pk, state__in=states)
    if not waiting.update(state=to, alive_at=now, problem=""):
        return False
    run.state, run.alive_at, run.problem = to, now, ""
    return True


def hold(run: ImportRun) -> None:
    """Keep everybody else from claiming the run until the caller's transaction ends.

    Raises TakenOverError when it isn't the caller's any more.
    """
    own = ImportRun.objects.filter(pk=run.pk, state=run.state, alive_at=run.alive_at)
    if not own.update(state=run.state):
        raise TakenOverError


def finish(run: ImportRun, state: ImportRun.State, *, problem: str = "") -> None:
    """Store the run and the state that a step ends in; raises TakenOverError.

    One that was not read to its end, or discarded, keeps no rows.
    """
    ended = copy(run)
    ended.state, ended.problem, ended.alive_at = state, problem, timezone.now()
    patiently(run, lambda: _end(run, ended))
    run.state, run.problem, run.alive_at = ended.state, ended.problem, ended.alive_at


@transaction.atomic
def _end(run: ImportRun, ended: ImportRun) -> None:
    hold(run)
    if ended.state in {State.FAILED, State.DISCARDED}:
        forget_rows(run)
    ended.save(update_fields=ENDED)


def patiently(
    run: ImportRun, write: Callable[[], object], *, attempts: int = ATTEMPTS
) -> None:
    """Call `write`, which is one transaction on `run`, again when it had to give way.

    Raises OperationalError after so many `attempts`.
    """
    for _attempt in range(1, attempts):
        try:
            write()
        except OperationalError as error:
            logger.warning("The work on %s is tried again: %s", run, error)
        else:
            return
    write()


def forget_rows(run: ImportRun) -> None:
    """Delete what was staged for the run."""
    run.rows.all().delete()
    run.findings.all().delete()


@transaction.atomic
def begin(run: ImportRun) -> None:
    """Forget what was staged for a run that is read anew; raises TakenOverError."""
    hold(run)
    forget_rows(run)


@transaction.atomic
def keep(run: ImportRun, fields: Collection[str]) -> None:
    """Store some fields of the run; raises TakenOverError."""
    hold(run)
    run.save(update_fields=fields)
