"""Who works on a run: whoever claimed it last, and nobody else can write to it.

A worker that seems dead may only be slow, and comes back after somebody else took its
run. `state` and `alive_at` tell the two apart: each claim and each sign of life changes
`alive_at`, so who holds older ones holds nothing.
"""

from django.db import transaction
from django.utils import timezone

from products.models import ImportRun

State = ImportRun.State


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


@transaction.atomic
def finish(run: ImportRun, state: ImportRun.State, *, problem: str = "") -> None:
    """Store the run and the state that a step ends in; raises TakenOverError.

    One that was not read to its end, or discarded, keeps no rows.
    """
    hold(run)
    if state in {State.FAILED, State.DISCARDED}:
        forget_rows(run)
    run.state, run.problem, run.alive_at = state, problem, timezone.now()
    run.save()


def forget_rows(run: ImportRun) -> None:
    """Delete what was staged for the run."""
    run.rows.all().delete()
    run.findings.all().delete()
