"""Undo: compensating entries as an operation of its own, at most once per operation."""

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.errors import CannotUndo, InsufficientStock, InvalidLine, Short
from products.models import Location, Operation, StockMovement
from products.services.ledger import post
from products.services.lines import Line
from products.services.locking import LevelKey, lock_operation
from products.services.operations import (
    Circumstances,
    find_repeated,
    start_operation,
)
from products.services.restoring import restore_documents
from products.services.undo_products import (
    bring_back,
    remove_added,
    say_deleted,
    set_back,
    still_there,
)


@transaction.atomic
def undo_operation(*, operation_id: int, circumstances: Circumstances) -> Operation:
    """Undo everything the operation did, or nothing; return the undoing operation.

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
    reasons = _take_back(undoing, original, circumstances)
    if reasons:
        raise CannotUndo(list(dict.fromkeys(reasons)))
    return undoing


def was_undone(operation: Operation) -> bool:
    """Say whether another operation has reversed this one; one query."""
    return Operation.objects.filter(reverses=operation).exists()


def _take_back(
    undoing: Operation, original: Operation, circumstances: Circumstances
) -> list[str]:
    """Do what can be done and return what stands against the rest.

    With a reason the caller throws all of it away; the rest is tried only to find
    every reason there is.
    """
    changes = list(original.changes.order_by("-pk"))
    deleted = [change for change in changes if change.after is None]
    edited = [change for change in changes if change.before and change.after]
    added = [change for change in changes if change.before is None]
    reasons = bring_back(undoing, deleted, circumstances)
    holding, more = restore_documents(undoing, original, circumstances)
    reasons += more
    reasons += _post_opposites(undoing, original, holding, circumstances)
    reasons += set_back(undoing, edited, circumstances)
    reasons += remove_added(undoing, added, circumstances, may_remove=not reasons)
    return reasons


def _post_opposites(
    undoing: Operation,
    original: Operation,
    holding: dict[LevelKey, int],
    circumstances: Circumstances,
) -> list[str]:
    movements = list(original.movements.order_by("-pk"))
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


def say_short(shorts: Collection[Short]) -> list[str]:
    """Return a sentence per short line; a shop with one location isn't told where."""
    stocked = Location.objects.filter(kind=Location.Kind.STOCK)
    names_place = stocked.count() > 1
    return [_short_line(short, names_place=names_place) for short in shorts]


def _short_line(short: Short, *, names_place: bool) -> str:
    what = _("“%s”") % short.sku
    if names_place:
        what = _("“%(sku)s” at %(location)s") % {
            "sku": short.sku,
            "location": short.location,
        }
    if short.available <= 0:
        return _(
            "None of %(what)s is available, so %(wanted)d can't be taken back."
        ) % {
            "what": what,
            "wanted": short.wanted,
        }
    return ngettext(
        "Only %(available)d is available of %(what)s,"
        " so %(wanted)d can't be taken back.",
        "Only %(available)d are available of %(what)s,"
        " so %(wanted)d can't be taken back.",
        short.available,
    ) % {"available": short.available, "what": what, "wanted": short.wanted}
