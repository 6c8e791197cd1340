"""Which rows of a plan are ticked: these and no others are applied."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from products.importing.runs import State
from products.importing.staged import DOING, Outcome
from products.models import ImportRun


@transaction.atomic
def tick(run: ImportRun, choice: Mapping[bool, Q]) -> bool:
    """Tick the rows of `choice[True]`, untick those of `choice[False]`.

    Only rows that do something are touched. Says whether the run was still waiting to
    be applied; nothing is changed when it was not. Locks the run, so that its figures
    stay right; up to two queries per kind of row.
    """
    waiting = ImportRun.objects.filter(pk=run.pk, state=State.PLANNED)
    if not waiting.update(alive_at=timezone.now()):
        return False
    run.refresh_from_db(fields=["report"])
    unticked = dict(run.report.get("unticked", {}))
    for is_accepted, rows in choice.items():
        for outcome in DOING:
            others = run.rows.filter(rows, outcome=outcome, is_accepted=not is_accepted)
            number = others.update(is_accepted=is_accepted)
            before = unticked.get(outcome.value, 0)
            unticked[outcome.value] = before + (-number if is_accepted else number)
    run.report["unticked"] = unticked
    run.save(update_fields=["report"])
    return True


def ticked_counts(run: ImportRun) -> dict[Outcome, int]:
    """Return how many products applying the run makes and changes; no query."""
    unticked = run.report.get("unticked", {})
    planned = {Outcome.NEW: run.created_count, Outcome.CHANGED: run.changed_count}
    return {
        outcome: count - unticked.get(outcome.value, 0)
        for outcome, count in planned.items()
    }
