"""Undo: compensating entries as an operation of its own, at most once per operation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory_site.security.events import ASKING, Event, note
from products.errors import CannotUndo, InsufficientStock, InvalidLine
from products.models import BulkRun, Operation, StockMovement
from products.services.ledger import post
from products.services.lines import Line
from products.services.locking import (
    BATCH,
    LevelKey,
    batches,
    lock_operation,
    lock_stock,
)
from products.services.operations import (
    Circumstances,
    find_repeated,
    start_operation,
)
from products.services.order_states import order_conflicts
from products.services.restoring import restore_documents
from products.services.undo_edits import FieldsBack, set_back
from products.services.undo_import import take_back_import
from products.services.undo_products import (
    bring_back,
    in_parts,
    remove_added,
    say_deleted,
    still_there,
)
from products.services.undo_references import remove_made, restore_removed
from products.services.undo_stock import say_short

DONE_IN_BULK = {
    Operation.Kind.PRODUCT_ARCHIVED,
    Operation.Kind.PRODUCT_EDITED,
    Operation.Kind.STOCK_ADJUSTED,
}


@transaction.atomic
def undo_operation(*, operation_id: int, circumstances: Circumstances) -> Operation:
    """Undo what the operation did and return the undoing operation.

    Everything or nothing, but of an import and of what was done to many chosen products
    whatever can be undone: see `undo_import`.

    Deleted products come back under their id, edited fields get their old value,
    added products are removed, holds, transfers and stocktakes go back to the state
    they had, and each movement is answered by its opposite with the value it had. An
    undo can itself be undone. The entries are dated now, so a closed period doesn't
    stand against it.

    Locks the operation, its documents, then products and levels. Raises CannotUndo with
    every reason: undone before, a field or document that changed since, a product that
    is gone, a code that is taken, each place whose stock is gone.
    """
    known = find_repeated(circumstances.once)
    if known is not None:
        return known
    original = lock_operation(operation_id)
    if was_undone(original):
        raise CannotUndo([_("It was undone before.")])
    # One moment for all of it: a hold must not expire half way.
    circumstances = replace(circumstances, now=circumstances.now or timezone.now())
    undoing, is_new = start_operation(
        Operation.Kind.UNDONE, circumstances, reverses=original
    )
    if not is_new:
        return undoing
    if goes_row_by_row(original):
        take_back_import(undoing, original, circumstances)
        who = circumstances.author.user or ASKING
        note(Event.IMPORT_UNDONE, who=who, operation=original.pk, undoing=undoing.pk)
        return undoing
    reasons = _take_back(undoing, original, circumstances)
    if reasons:
        raise CannotUndo(list(dict.fromkeys(reasons)))
    return undoing


def was_undone(operation: Operation) -> bool:
    """Say whether another operation has reversed this one; one query."""
    return Operation.objects.filter(reverses=operation).exists()


def goes_row_by_row(operation: Operation) -> bool:
    """Say whether each product is undone by itself; one query at most."""
    if operation.kind == Operation.Kind.IMPORTED:
        return True
    return (
        operation.kind in DONE_IN_BULK
        and BulkRun.objects.filter(operation=operation).exists()
    )


def _take_back(
    undoing: Operation, original: Operation, circumstances: Circumstances
) -> list[str]:
    """Do what can be done and return what stands against the rest.

    With a reason the caller throws all of it away; the rest is tried only to find
    every reason there is. What goes makes room for what comes: added products go
    before fields get their old values, and those before deleted products come back.
    """
    replaced = restore_removed(undoing, original)
    holding, reasons = restore_documents(undoing, original, circumstances)
    added = original.changes.filter(before__isnull=True)
    deleted = original.changes.filter(after__isnull=True)
    there = lock_stock(_product_ids(original))
    for batch in batches(there):
        reasons += order_conflicts(original, batch).values()
    if not deleted.exists():
        reasons += _post_opposites(undoing, original, holding, circumstances)
        for part in in_parts(added):
            reasons += remove_added(
                undoing, part, circumstances, may_remove=not reasons
            )
    back = FieldsBack(undoing, circumstances, replaced)
    edited = original.changes.filter(before__isnull=False, after__isnull=False)
    for part in in_parts(edited):
        reasons += set_back(back, part, there)
    reasons += back.finish()
    missing: list[str] = []
    for part in in_parts(deleted):
        missing += bring_back(undoing, part, circumstances, replaced)
    reasons += missing
    if deleted.exists() and not missing:
        reasons += _post_opposites(undoing, original, holding, circumstances)
    remove_made(undoing, original)
    return reasons


def _product_ids(original: Operation) -> set[int]:
    changed = original.changes.order_by().values_list("product_id", flat=True)
    moved = original.movements.order_by().values_list("product_id", flat=True)
    return {pk or 0 for pk in changed.union(moved)}  # never 0: both have products


def _post_opposites(
    undoing: Operation,
    original: Operation,
    holding: dict[LevelKey, int],
    circumstances: Circumstances,
) -> list[str]:
    """Answer each movement by its opposite, the last one first."""
    movements = original.movements.order_by("-pk")
    # What is held or let go belongs to all lines; such operations are small.
    parts = [list(movements)] if holding else _in_parts_back(movements)
    return [
        reason
        for part in parts
        for reason in _post_part(undoing, part, holding, circumstances)
    ]


def _in_parts_back(
    movements: "QuerySet[StockMovement]",
) -> Iterator[list[StockMovement]]:
    part = list(movements[:BATCH])
    while part:
        yield part
        part = list(movements.filter(pk__lt=part[-1].pk)[:BATCH])


def _post_part(
    undoing: Operation,
    movements: Sequence[StockMovement],
    holding: dict[LevelKey, int],
    circumstances: Circumstances,
) -> list[str]:
    there = still_there({movement.product_id or 0 for movement in movements})
    gone = [each.sku for each in movements if each.product_id not in there]
    reasons = [say_deleted(sku) for sku in dict.fromkeys(gone)]
    lines = [
        Line(
            movement.product_id or 0,  # never 0: movement_has_product
            movement.location_id,
            StockMovement.Kind.REVERSAL,
            delta=-movement.delta,
            value_delta=-movement.value_delta,
        )
        for movement in movements
        if movement.product_id in there
    ]
    try:
        post(undoing, lines, now=circumstances.now, holding=holding)
    except InsufficientStock as error:
        return reasons + say_short(error.shorts)
    except InvalidLine as error:
        return [*reasons, error.message]
    return reasons
