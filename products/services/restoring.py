"""Undo of what an operation did to holds, transfers and stocktakes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import CannotUndo, DocumentGone, Unreadable
from products.models import (
    DocumentChange,
    Hold,
    Location,
    Operation,
    Stocktake,
    Transfer,
    TransferLine,
)
from products.services.documents import Document, Kept, record_changes
from products.services.holds import OPEN, hold_as_json, set_hold
from products.services.levels import open_stock
from products.services.locking import (
    LevelKey,
    lock_holds,
    lock_stocktake,
    lock_transfer,
)
from products.services.operations import Circumstances
from products.services.records import (
    restore_stocktake,
    restore_transfer,
    stocktake_as_json,
    transfer_as_json,
)
from products.services.undo_products import say_deleted, still_there

Trail = dict[int, tuple[Kept | None, Kept]]


def restore_documents(
    undoing: Operation, original: Operation, circumstances: Circumstances
) -> tuple[dict[LevelKey, int], list[str]]:
    """Give every document of the operation its former state, and keep the trail.

    Returns the change of `reserved` per level that this means, for the ledger to post,
    and the reasons of documents that stay as they are: gone on since, or deleted.
    Locks the documents, and for holds products and levels before them. Raises
    Unreadable for a trail of no kind of document.
    """
    changes: dict[str, list[DocumentChange]] = defaultdict(list)
    for change in original.document_changes.order_by("document_id"):
        if change.document not in Document:
            options = change._meta
            column = options.get_field("document").verbose_name
            raise Unreadable(str(options.verbose_name), str(column), change.pk)
        changes[change.document].append(change)
    reasons = [
        *_restore_each(undoing, Document.TRANSFER, changes, _restore_transfer),
        *_restore_each(undoing, Document.STOCKTAKE, changes, _restore_stocktake),
    ]
    holding, more = _restore_holds(undoing, changes[Document.HOLD], circumstances)
    return holding, reasons + more


def _restore_each(
    undoing: Operation,
    document: DocumentChange.Document,
    changes: Mapping[str, list[DocumentChange]],
    restore: Callable[[DocumentChange], tuple[Kept, Kept]],
) -> list[str]:
    trail: Trail = {}
    reasons: list[str] = []
    for change in changes.get(document, []):
        try:
            trail[change.document_id] = restore(change)
        except CannotUndo as refusal:
            reasons += refusal.reasons
        except DocumentGone as refusal:
            reasons.append(refusal.message)
    record_changes(undoing, document, trail)
    return reasons


def _refuse_changed(change: DocumentChange, current: Kept, name: str) -> None:
    if current != change.after:
        raise CannotUndo([_("“%s” has gone on since.") % name])


def _refuse_out_of_use(places: Iterable[Location], name: str) -> None:
    """Raise CannotUndo when a document would be open again at a place out of use."""
    sentence = _("“%(name)s” would be open again, but “%(place)s” is not in use.")
    reasons = [
        sentence % {"name": name, "place": place.name}
        for place in places
        if not place.is_active
    ]
    if reasons:
        raise CannotUndo(reasons)


def _restore_transfer(change: DocumentChange) -> tuple[Kept, Kept]:
    transfer = lock_transfer(change.document_id)
    lines = list(TransferLine.objects.filter(transfer=transfer))
    current = transfer_as_json(transfer, lines)
    _refuse_changed(change, current, str(transfer))
    if change.before is None:
        raise CannotUndo([_("“%s” can be cancelled instead.") % transfer])
    if transfer.state not in Transfer.OPEN and change.before["state"] in Transfer.OPEN:
        _refuse_out_of_use([transfer.source, transfer.destination], str(transfer))
    restore_transfer(transfer, lines, change.before)
    return current, change.before


def _restore_stocktake(change: DocumentChange) -> tuple[Kept, Kept]:
    stocktake = lock_stocktake(change.document_id)
    current = stocktake_as_json(stocktake)
    _refuse_changed(change, current, stocktake.name)
    if change.before is None:
        raise CannotUndo([_("“%s” can be cancelled instead.") % stocktake])
    if stocktake.state not in Stocktake.OPEN:
        _refuse_out_of_use([stocktake.location], stocktake.name)
    restore_stocktake(stocktake, change.before)
    return current, change.before


def _restore_holds(
    undoing: Operation, changes: list[DocumentChange], circumstances: Circumstances
) -> tuple[dict[LevelKey, int], list[str]]:
    holding: dict[LevelKey, int] = defaultdict(int)
    reasons: list[str] = []
    if not changes:
        return holding, reasons
    moment = circumstances.now or timezone.now()
    ids = [change.document_id for change in changes]
    held = Hold.objects.filter(pk__in=ids).values_list("product_id", flat=True)
    there = still_there({pk for pk in held if pk is not None})
    open_stock(there, now=moment)
    holds = lock_holds(ids)
    trail: Trail = {}
    for change in changes:
        hold = holds.get(change.document_id)
        if hold is None:
            reasons.append(DocumentGone().message)
            continue
        current = hold_as_json(hold)
        if hold.product_id not in there:
            reasons.append(say_deleted(hold.sku))
            continue
        if current != change.after:
            reasons.append(_("“%s” has gone on since.") % hold)
            continue
        was_open = hold.state == OPEN
        # A hold is never unmade: the opposite of making it is letting it go.
        before = change.before or {**change.after, "state": Hold.State.RELEASED.value}
        set_hold(hold, before, moment)
        difference = (hold.state == OPEN) - was_open
        holding[hold.product_id or 0, hold.location_id] += difference * hold.quantity
        trail[hold.pk] = (current, hold_as_json(hold))
    Hold.objects.bulk_update(
        [holds[pk] for pk in trail],
        ["state", "expires_at", "closed_at"],
        batch_size=500,
    )
    record_changes(undoing, Document.HOLD, trail)
    return holding, reasons
