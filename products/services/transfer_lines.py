"""What comes of the lines of a transfer on the way, and what that is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from products.errors import FieldRefused, InvalidLine, NothingToPost
from products.models import StockMovement, Transfer, TransferLine
from products.services.chain import VALUE_STEP
from products.services.lines import Line
from products.services.operations import Circumstances

Kind = StockMovement.Kind


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of one line now, in units.

    `received` arrived; `lost` is given up on, so nobody waits for it any more; `extra`
    arrived though nobody had sent it.
    """

    received: int = 0
    lost: int = 0
    extra: int = 0


NONE = Arrival()


def check_arrivals(
    arrivals: Mapping[int, Arrival],
    lines: Sequence[TransferLine],
    circumstances: Circumstances,
) -> None:
    """Raise what stands against these arrivals, which are by the line's id.

    NothingToPost where nothing arrived, InvalidLine for more than is on the way or less
    than none, FieldRefused for a difference without a reason.
    """
    if not any(arrivals.get(line.pk, NONE) != NONE for line in lines):
        raise NothingToPost(_("Say how many arrived."))
    for line in lines:
        came = arrivals.get(line.pk, NONE)
        if min(came.received, came.lost, came.extra) < 0:
            raise InvalidLine(_("A count can't be below zero."))
        if came.received + came.lost > line.outstanding:
            text = _("Only %(units)d of %(sku)s are still on the way.")
            raise InvalidLine(text % {"units": line.outstanding, "sku": line.sku})
    differs = any(came.lost or came.extra for came in arrivals.values())
    if differs and not circumstances.reason.strip():
        text = _("Say in a few words why it differs from what was sent.")
        raise FieldRefused({"reason": [text]})


def arrive(transfer: Transfer, line: TransferLine, came: Arrival) -> list[Line]:
    """Count an arrival on the line; return what the ledger makes of it."""
    posted: list[Line] = []
    if came.received:
        posted += leave(transfer, line, came.received, transfer.destination_id)
        line.value -= share(line, came.received)
        line.received += came.received
    if came.lost:
        posted += leave(transfer, line, came.lost, None)
        line.value -= share(line, came.lost)
        line.lost += came.lost
    if came.extra:
        place = (line.product_id or 0, transfer.destination_id)
        posted.append(Line(*place, Kind.FOUND, delta=came.extra))
        line.extra += came.extra
    return posted


def leave(
    transfer: Transfer, line: TransferLine, units: int, to_id: int | None
) -> list[Line]:
    """Return the lines that take units off the way, to a location or to nowhere."""
    product_id, worth = line.product_id or 0, share(line, units)
    out = Line(
        product_id,
        transfer.transit_id or 0,
        Kind.LOST if to_id is None else Kind.TRANSFER_OUT,
        delta=-units,
        value_delta=-worth,
    )
    if to_id is None:
        return [out]
    # Goods that nobody knew the worth of come in like any others.
    is_worth_something = bool(line.value) or not (line.product and line.product.cost)
    arrival = Line(
        product_id,
        to_id,
        Kind.TRANSFER_IN,
        delta=units,
        is_arrival=is_worth_something,
    )
    return [out, arrival]


def share(line: TransferLine, units: int) -> Decimal:
    """Return what `units` of those on the way are worth; the last take the rest."""
    if units == line.outstanding:
        return line.value
    return (line.value * units / line.outstanding).quantize(VALUE_STEP)
