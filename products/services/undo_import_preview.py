"""What undoing an import would do, product by product, before anybody does it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from products.errors import InventoryError
from products.models import ImportUndoRow, MadeReference, Operation
from products.services.operations import Circumstances
from products.services.undo import undo_operation
from products.services.undo_judging import Judge
from products.services.undo_preview import AUTHOR, MOST_LINES
from products.services.undo_verdicts import Outcome, Verdict

FIRST_SHOWN = (Outcome.IMPOSSIBLE, Outcome.KEPT, Outcome.RESTORED)
"""Of these, the first that has something in it, when nobody asked for another."""


@dataclass(frozen=True, slots=True)
class References:
    """Categories and the like that the import made: how many go, and which stay.

    `is_known` is false for an import too large to play through: then each goes that
    nothing uses any more.
    """

    made: int = 0
    going: int = 0
    staying: Sequence[ImportUndoRow] = ()
    is_known: bool = True


@dataclass(slots=True)
class ImportUndoPreview:
    """How many products have which outcome, and a page of those with `shown`."""

    shown: Outcome = Outcome.RESTORED
    page: int = 1
    counts: Counter[Outcome] = field(default_factory=Counter)
    rows: list[Verdict] = field(default_factory=list)
    does_something: bool = False
    references: References = field(default_factory=References)


def preview_import_undo(
    operation: Operation, *, shown: Outcome | None, page: int, size: int
) -> ImportUndoPreview:
    """Judge every product as the undo itself does, and return a page of them.

    `page` counts from 1; one behind the last is the last. Read-only, no locks, about
    fifteen queries per 5,000 products, which is all that is in memory at once. An
    import of up to MOST_LINES lines is also played through and rolled back, to say what
    becomes of its categories, brands, groups and locations.
    """
    preview = ImportUndoPreview(page=max(page, 1))
    windows = _judge_all(operation, preview, size)
    full = (each for each in FIRST_SHOWN if preview.counts[each])
    preview.shown = shown or next(full, Outcome.RESTORED)
    last = max(1, -(-preview.counts[preview.shown] // size))
    if preview.page > last:
        return preview_import_undo(operation, shown=preview.shown, page=last, size=size)
    preview.rows = windows[preview.shown]
    preview.references = _references(operation)
    return preview


def _judge_all(
    operation: Operation, preview: ImportUndoPreview, size: int
) -> dict[Outcome, list[Verdict]]:
    """Count the outcomes into `preview`; return its page of each of them."""
    windows: dict[Outcome, list[Verdict]] = {outcome: [] for outcome in Outcome}
    start = (preview.page - 1) * size
    for verdicts in Judge(operation, timezone.now()).verdicts():
        for verdict in verdicts:
            place = preview.counts[verdict.outcome]
            preview.counts[verdict.outcome] += 1
            preview.does_something |= verdict.does_something
            if start <= place < start + size:
                windows[verdict.outcome].append(verdict)
    return windows


def _references(operation: Operation) -> References:
    made = MadeReference.objects.filter(operation=operation).count()
    lines = operation.movements.count() + operation.changes.count()
    if not made or lines > MOST_LINES:
        return References(made=made, is_known=not made)
    try:
        with transaction.atomic():
            undoing = undo_operation(
                operation_id=operation.pk, circumstances=Circumstances(AUTHOR)
            )
            going = undoing.removed_references.count()
            staying = list(undoing.import_undo.rows.filter(product=None))
            transaction.set_rollback(True)
    except InventoryError:  # nothing can be undone: the products say why
        return References(made=made)
    return References(made=made, going=going, staying=staying)
