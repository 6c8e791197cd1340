"""The steps of a transfer: sent, received in parts, cancelled.

Each is one operation that keeps the document's state before and after, so undo brings
both the stock and the document back. docs/decisions/transfers.md says why it is built
this way.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import InvalidLine
from products.models import Operation, StockMovement, Transfer, TransferLine
from products.services.documents import Document, record_changes
from products.services.ledger import post
from products.services.lines import Line
from products.services.locations import ensure_transit_location
from products.services.locking import lock_transfer
from products.services.operations import Circumstances, start_operation
from products.services.records import FIGURES, transfer_as_json
from products.services.transfer_lines import (
    NONE,
    Arrival,
    arrive,
    check_arrivals,
    leave,
)
from products.services.transfers import move, refuse_other_version, refuse_unless

State = Transfer.State


@transaction.atomic
def send_transfer(
    *, transfer_id: int, circumstances: Circumstances, seen_version: int | None = None
) -> Operation:
    """Take the goods of a draft from the source; they are on the way from now on.

    Locks the transfer, then products and levels. Raises WrongState, DocumentGone;
    InsufficientStock naming every short line; ProductGone, InvalidLine, PeriodClosed.
    """
    kind = Operation.Kind.TRANSFER_SENT
    operation, transfer, lines = _take(transfer_id, kind, circumstances)
    if transfer is None:
        return operation
    refuse_unless(transfer, State.DRAFT)
    refuse_other_version(transfer, seen_version)
    if not transfer.destination.is_active:
        text = _("“%s” is not in use, so nothing can be sent there.")
        raise InvalidLine(text % transfer.destination)
    before = transfer_as_json(transfer, lines)
    transit = ensure_transit_location()
    posted: list[Line] = []
    for line in lines:
        posted += move(
            line.product_id or 0, line.quantity, transfer.source_id, transit.pk
        )
    carried = {
        movement.product_id: movement.value_delta
        for movement in _post(operation, posted, circumstances)
        if movement.location_id == transit.pk
    }
    for line in lines:
        line.value = carried[line.product_id]
    transfer.transit = transit
    transfer.sent_at = circumstances.now or timezone.now()
    _keep(operation, transfer, lines, State.SENT, before)
    return operation


@transaction.atomic
def receive_transfer(
    *,
    transfer_id: int,
    arrivals: Mapping[int, Arrival],
    circumstances: Circumstances,
    seen_version: int | None = None,
) -> Operation:
    """Put what arrived into stock; `arrivals` is by the line's id.

    What is neither received nor lost stays on the way. A difference (lost or extra)
    needs the reason of the circumstances. When nothing is left the transfer is
    received.

    Locks as `send_transfer`. Raises WrongState; FieldRefused for a missing reason;
    InvalidLine for more than is on the way; NothingToPost; ProductGone, PeriodClosed.
    """
    kind = Operation.Kind.TRANSFER_RECEIVED
    operation, transfer, lines = _take(transfer_id, kind, circumstances)
    if transfer is None:
        return operation
    refuse_unless(transfer, *Transfer.ON_THE_WAY)
    refuse_other_version(transfer, seen_version)
    check_arrivals(arrivals, lines, circumstances)
    before = transfer_as_json(transfer, lines)
    posted: list[Line] = []
    for line in lines:
        posted += arrive(transfer, line, arrivals.get(line.pk, NONE))
    _post(operation, posted, circumstances)
    is_done = not any(line.outstanding for line in lines)
    if is_done:
        transfer.closed_at = circumstances.now or timezone.now()
    state = State.RECEIVED if is_done else State.PARTIAL
    _keep(operation, transfer, lines, state, before)
    return operation


@transaction.atomic
def cancel_transfer(
    *, transfer_id: int, circumstances: Circumstances, seen_version: int | None = None
) -> Operation:
    """End a transfer: what is still on the way goes back to the source.

    A draft moves nothing. Locks as `send_transfer`. Raises WrongState, DocumentGone,
    InvalidLine, ProductGone.
    """
    kind = Operation.Kind.TRANSFER_CANCELLED
    operation, transfer, lines = _take(transfer_id, kind, circumstances)
    if transfer is None:
        return operation
    refuse_unless(transfer, *Transfer.OPEN)
    refuse_other_version(transfer, seen_version)
    before = transfer_as_json(transfer, lines)
    if transfer.state != State.DRAFT:
        posted: list[Line] = []
        for line in lines:
            if line.outstanding:
                posted += leave(transfer, line, line.outstanding, transfer.source_id)
                line.value = Decimal(0)
        _post(operation, posted, circumstances)
    transfer.closed_at = circumstances.now or timezone.now()
    _keep(operation, transfer, lines, State.CANCELLED, before)
    return operation


def _take(
    transfer_id: int, kind: Operation.Kind, circumstances: Circumstances
) -> tuple[Operation, Transfer | None, list[TransferLine]]:
    """Start the operation and lock the transfer; None for one that was done before."""
    operation, is_new = start_operation(kind, circumstances)
    if not is_new:
        return operation, None, []
    transfer = lock_transfer(transfer_id)
    lines = transfer.lines.select_related("product").order_by("pk")
    return operation, transfer, list(lines)


def _post(
    operation: Operation, lines: Sequence[Line], circumstances: Circumstances
) -> list[StockMovement]:
    return post(
        operation,
        lines,
        now=circumstances.now,
        effective_at=circumstances.effective_at,
    )


def _keep(
    operation: Operation,
    transfer: Transfer,
    lines: Sequence[TransferLine],
    state: Transfer.State,
    before: dict[str, object],
) -> None:
    """Store a locked transfer in its new state, and the trail of it."""
    transfer.state = state
    transfer.version += 1
    transfer.save(update_fields=["state", "transit", "sent_at", "closed_at", "version"])
    TransferLine.objects.bulk_update(lines, [*FIGURES, "value"], batch_size=500)
    change = (before, transfer_as_json(transfer, lines))
    record_changes(operation, Document.TRANSFER, {transfer.pk: change})
