"""Applying a stocktake: the differences of the counts, posted as one operation."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import NeedsDecision, NothingToPost
from products.models import Operation, StockMovement, Stocktake, StocktakeLine
from products.services.documents import Document, record_changes
from products.services.ledger import post
from products.services.levels import open_stock
from products.services.lines import Line
from products.services.locking import lock_stocktake
from products.services.operations import Circumstances, find_repeated, start_operation
from products.services.records import stocktake_as_json
from products.services.stocktake_judging import Outcome
from products.services.stocktake_results import outcomes_of
from products.services.stocktakes import State, refuse_unless

LINES = 1_000  # in one statement
FIGURES = ("counted", "expected", "difference", "value_difference", "is_open")


@transaction.atomic
def apply_stocktake(*, stocktake_id: int, circumstances: Circumstances) -> Operation:
    """Post every difference on top of what is there now; return the operation.

    What was sold since a count stays sold. Each line keeps what was counted and
    expected, a difference of zero too. Locks the stocktake, then the products and
    levels that differ. A fixed number of statements per 1,000 lines.

    Raises WrongState unless it is in review, NeedsDecision saying of how many lines,
    NothingToPost when nobody counted anything; ProductGone, InvalidLine.
    """
    known = find_repeated(circumstances.once)
    if known is not None:
        return known
    stocktake = lock_stocktake(stocktake_id)
    known = find_repeated(circumstances.once)  # by who had the lock before us
    if known is not None:
        return known
    refuse_unless(stocktake, State.REVIEW)
    moment = circumstances.now or timezone.now()
    outcomes = {
        outcome.line.pk: outcome
        for outcome in outcomes_of(stocktake, stocktake.lines.order_by("product_id"))
    }
    differing = [one.line for one in outcomes.values() if one.difference]
    open_stock({line.product_id or 0 for line in differing}, now=moment)
    # Once more, now that nobody can sell what a line is about to take away.
    locked = outcomes_of(stocktake, differing)
    outcomes |= {outcome.line.pk: outcome for outcome in locked}
    _refuse_undecided(outcomes.values())
    operation, _is_new = start_operation(
        Operation.Kind.STOCKTAKE_APPLIED,
        replace(circumstances, reference=stocktake.name),
    )
    before = stocktake_as_json(stocktake)
    movements = post(operation, _ledger_lines(outcomes.values()), now=moment)
    _keep_outcomes(stocktake, list(outcomes.values()), movements)
    stocktake.state, stocktake.closed_at = State.APPLIED, moment
    stocktake.applied_by = operation
    stocktake.save(update_fields=["state", "closed_at", "applied_by"])
    change = (before, stocktake_as_json(stocktake))
    record_changes(operation, Document.STOCKTAKE, {stocktake.pk: change})
    return operation


def _refuse_undecided(outcomes: Iterable[Outcome]) -> None:
    undecided, is_counted = 0, False
    for outcome in outcomes:
        undecided += outcome.need is not None
        is_counted |= outcome.counted is not None
    if undecided:
        raise NeedsDecision(undecided)
    if not is_counted:
        raise NothingToPost(_("Nobody counted anything yet."))


def _ledger_lines(outcomes: Iterable[Outcome]) -> list[Line]:
    return [
        Line(
            outcome.line.product_id or 0,  # never 0: stocktakeline_has_product
            outcome.line.location_id,
            StockMovement.Kind.COUNTED,
            delta=outcome.difference,
        )
        for outcome in outcomes
        if outcome.difference
    ]


def _keep_outcomes(
    stocktake: Stocktake,
    outcomes: Sequence[Outcome],
    movements: Iterable[StockMovement],
) -> None:
    """Close the lines; those that were counted keep their figures."""
    # An earlier application, undone since, may have left its own.
    stocktake.lines.update(
        is_open=None,
        counted=None,
        expected=None,
        difference=None,
        value_difference=None,
    )
    values = {movement.product_id: movement.value_delta for movement in movements}
    counted: list[StocktakeLine] = []
    for outcome in outcomes:
        if outcome.counted is None:
            continue
        line = outcome.line
        line.is_open, line.counted = None, outcome.counted
        line.expected, line.difference = outcome.expected, outcome.difference
        line.value_difference = values.get(line.product_id, 0)
        counted.append(line)
    _save(counted)


def _save(lines: list[StocktakeLine]) -> None:
    """Write the figures of many lines at once; an UPDATE with a CASE takes minutes."""
    named = connection.features.supports_update_conflicts_with_target
    StocktakeLine.objects.bulk_create(
        lines,
        batch_size=LINES,
        update_conflicts=True,
        unique_fields=["id"] if named else None,
        update_fields=list(FIGURES),
    )
