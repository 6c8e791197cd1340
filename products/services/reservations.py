"""Holds: keeping stock for somebody without moving it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import (
    DocumentGone,
    FieldRefused,
    NothingToPost,
    WrongState,
)
from products.models import Hold, Operation, StockMovement
from products.services.closings import check_open
from products.services.documents import Document, record_changes
from products.services.holds import OPEN, hold_as_json, reserved_by
from products.services.ledger import post
from products.services.levels import open_stock
from products.services.lines import Line
from products.services.locking import LevelKey, lock_holds
from products.services.operations import Circumstances, find_repeated, start_operation
from products.services.shares import Wanted, check_wanted, share_out

Kind = Operation.Kind


__all__ = [
    "Wanted",
    "close_holds",
    "fulfil_holds",
    "hold_stock",
    "release_holds",
    "renew_holds",
    "take_open",
]


@transaction.atomic
def hold_stock(
    *,
    wanted: Sequence[Wanted],
    circumstances: Circumstances,
    expires_at: datetime | None = None,
) -> Operation:
    """Hold every line or none, until `expires_at` or until somebody lets go.

    Without a location the default one is asked first, then the others in their order;
    one line may thus become several holds. The holds carry the reference of the
    circumstances. Locks products, then levels.

    Raises InsufficientStock naming every short line, InvalidLine, NothingToPost for no
    line, FieldRefused for a time that is over, ProductGone.
    """
    known = find_repeated(circumstances.once)
    if known is not None:
        return known
    if not wanted:
        raise NothingToPost(_("Name a product to hold."))
    check_wanted(wanted)
    moment = circumstances.now or timezone.now()
    _check_time(expires_at, moment)
    operation, is_new = start_operation(Kind.STOCK_HELD, circumstances)
    if not is_new:
        return operation
    stock = open_stock({line.product_id for line in wanted}, now=moment)
    shares = share_out(wanted, stock)
    post(operation, [], now=moment, holding=shares)
    holds = [
        Hold(
            operation=operation,
            product_id=product_id,
            sku=stock.products[product_id].sku,
            location_id=location_id,
            quantity=quantity,
            reference=circumstances.reference,
            expires_at=expires_at,
        )
        for (product_id, location_id), quantity in shares.items()
    ]
    Hold.objects.bulk_create(holds, batch_size=500)
    made = {hold.pk: (None, hold_as_json(hold)) for hold in holds}
    record_changes(operation, Document.HOLD, made)
    return operation


def _check_time(expires_at: datetime | None, moment: datetime) -> None:
    if expires_at is not None and expires_at <= moment:
        raise FieldRefused({"expires_at": [_("Choose a time that is still to come.")]})


@transaction.atomic
def renew_holds(
    *,
    hold_ids: Sequence[int],
    expires_at: datetime | None,
    circumstances: Circumstances,
) -> Operation:
    """Give open holds another end, or none; all of them or nothing.

    Raises WrongState when one has ended, its time being up too; FieldRefused for a
    time that is over; DocumentGone; NothingToPost for none. Locks products, levels,
    then the holds.
    """
    operation, holds = _take(hold_ids, Kind.HOLD_RENEWED, circumstances)
    if not holds:
        return operation
    _check_time(expires_at, circumstances.now or timezone.now())
    changes = {}
    for hold in holds:
        before = hold_as_json(hold)
        hold.expires_at = expires_at
        changes[hold.pk] = (before, hold_as_json(hold))
    Hold.objects.bulk_update(holds, ["expires_at"], batch_size=500)
    record_changes(operation, Document.HOLD, changes)
    return operation


@transaction.atomic
def release_holds(
    *, hold_ids: Sequence[int], circumstances: Circumstances
) -> Operation:
    """Let go of open holds: what they kept is available again. As `renew_holds`."""
    operation, holds = _take(hold_ids, Kind.HOLD_RELEASED, circumstances)
    close_holds(operation, holds, Hold.State.RELEASED, circumstances)
    post(operation, [], now=circumstances.now, holding=_less(holds))
    return operation


@transaction.atomic
def fulfil_holds(*, hold_ids: Sequence[int], circumstances: Circumstances) -> Operation:
    """Sell what open holds keep: on hand and held go down together.

    As `renew_holds`; InvalidLine and PeriodClosed too.
    """
    operation, holds = _take(hold_ids, Kind.HOLD_FULFILLED, circumstances)
    close_holds(operation, holds, Hold.State.FULFILLED, circumstances)
    lines = [
        Line(
            hold.product_id or 0,
            hold.location_id,
            StockMovement.Kind.SOLD,
            delta=-hold.quantity,
        )
        for hold in holds
    ]
    post(
        operation,
        lines,
        now=circumstances.now,
        effective_at=circumstances.effective_at,
        holding=_less(holds),
    )
    return operation


def take_open(hold_ids: Sequence[int], moment: datetime) -> list[Hold]:
    """Lock these holds, their products and levels before them.

    Raises WrongState naming each that has ended, DocumentGone when one is not there.
    """
    rows = Hold.objects.filter(pk__in=set(hold_ids))
    products = dict(rows.values_list("pk", "product_id"))
    if set(hold_ids) - products.keys():
        raise DocumentGone
    open_stock({pk for pk in products.values() if pk is not None}, now=moment)
    holds = [*lock_holds(hold_ids).values()]
    ended = [hold for hold in holds if hold.state != OPEN]
    if ended:
        raise WrongState(" ".join(map(_ended, ended)), ended[0].state)
    return holds


def _ended(hold: Hold) -> str:
    return _("The hold of %(quantity)d × %(sku)s has ended: %(state)s.") % {
        "quantity": hold.quantity,
        "sku": hold.sku,
        "state": hold.get_state_display(),
    }


def close_holds(
    operation: Operation,
    holds: Sequence[Hold],
    state: Hold.State,
    circumstances: Circumstances,
) -> None:
    """End locked holds; the caller posts what that does to `reserved`."""
    changes = {}
    for hold in holds:
        before = hold_as_json(hold)
        hold.state = state
        hold.closed_at = circumstances.now or timezone.now()
        changes[hold.pk] = (before, hold_as_json(hold))
    Hold.objects.bulk_update(holds, ["state", "closed_at"], batch_size=500)
    record_changes(operation, Document.HOLD, changes)


def _less(holds: Sequence[Hold]) -> dict[LevelKey, int]:
    return {key: -units for key, units in reserved_by(holds).items()}


def _take(
    hold_ids: Sequence[int], kind: Operation.Kind, circumstances: Circumstances
) -> tuple[Operation, list[Hold]]:
    """Start the operation and lock the holds; none for one that was done before."""
    if not hold_ids:
        raise NothingToPost(_("Choose a hold."))
    operation, is_new = start_operation(kind, circumstances)
    if not is_new:
        return operation, []
    if circumstances.effective_at is not None:
        check_open(circumstances.effective_at)  # its lock comes before the products'
    return operation, take_open(hold_ids, circumstances.now or timezone.now())
