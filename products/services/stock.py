"""Stock of one product at one place: taken, adjusted. `goods` has the documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.errors import InvalidLine, NothingToPost
from products.models import Hold, Operation, StockMovement
from products.services.closings import check_open
from products.services.holds import reserved_by
from products.services.ledger import post
from products.services.lines import Line
from products.services.locking import LevelKey
from products.services.operations import Circumstances, start_operation
from products.services.reservations import close_holds, take_open

REASONS = (
    StockMovement.Kind.RECEIVED,
    StockMovement.Kind.SOLD,
    StockMovement.Kind.DAMAGED,
    StockMovement.Kind.LOST,
    StockMovement.Kind.FOUND,
    StockMovement.Kind.RETURNED,
    StockMovement.Kind.CORRECTION,
    StockMovement.Kind.OTHER,
)
"""The reasons a person may give for an adjustment, in the order they are offered."""
BRINGS_IN = {
    StockMovement.Kind.RECEIVED,
    StockMovement.Kind.FOUND,
    StockMovement.Kind.RETURNED,
}
TAKES_OUT = {
    StockMovement.Kind.SOLD,
    StockMovement.Kind.DAMAGED,
    StockMovement.Kind.LOST,
}


class Mode(TextChoices):
    """What the number of an adjustment says: a phone's number pad has no minus."""

    ADD = "add", gettext_lazy("Add")
    TAKE = "take", gettext_lazy("Take away")
    COUNT = "count", gettext_lazy("New count")


@dataclass(frozen=True, slots=True)
class Place:
    """A product at a location."""

    product_id: int
    location_id: int


@transaction.atomic
def issue_stock(
    *, place: Place, quantity: int, circumstances: Circumstances
) -> Operation:
    """Take `quantity` units as sold.

    Locks the product and its levels. Raises InvalidLine for less than one, what the
    ledger refuses (InsufficientStock, PeriodClosed, ProductGone), and KeyReused.
    """
    if quantity <= 0:
        raise InvalidLine(_("Take one unit or more."))
    line = Line(
        place.product_id,
        place.location_id,
        StockMovement.Kind.SOLD,
        delta=-quantity,
    )
    operation, _movements = _post_one(Operation.Kind.STOCK_ISSUED, line, circumstances)
    return operation


@transaction.atomic
def adjust_stock(
    *,
    place: Place,
    kind: StockMovement.Kind,
    circumstances: Circumstances,
    delta: int = 0,
    counted: int | None = None,
    releasing: Sequence[int] = (),
) -> Operation:
    """Change stock by `delta`, or make it `counted`, with a reason of REASONS.

    A count is compared with the locked row, not with what the page showed. Stock that
    is held can't be taken, unless the holds `releasing` (ids) let go of it: they end
    in the same operation.

    Raises NothingToPost for a difference of zero, InsufficientStock, InvalidLine, also
    when the reason says the other direction or a hold is of another place; WrongState
    for a hold that has ended, DocumentGone for one that is not there.
    """
    line = Line(place.product_id, place.location_id, kind, delta=delta, counted=counted)
    operation, movements = _post_one(
        Operation.Kind.STOCK_ADJUSTED, line, circumstances, releasing=releasing
    )
    for movement in movements:
        check_direction(kind, movement.delta)
    return operation


def check_direction(kind: StockMovement.Kind, delta: int) -> None:
    """Refuse “Sold” with a plus and “Received” with a minus: a sign was forgotten.

    Raises InvalidLine. A difference of zero goes with every reason.
    """
    if kind in TAKES_OUT and delta > 0:
        raise InvalidLine(
            _("“%(reason)s” takes stock away, but this would add %(units)d.")
            % {"reason": kind.label, "units": delta}
        )
    if kind in BRINGS_IN and delta < 0:
        raise InvalidLine(
            _("“%(reason)s” brings stock in, but this would take %(units)d away.")
            % {"reason": kind.label, "units": -delta}
        )


def _post_one(
    kind: Operation.Kind,
    line: Line,
    circumstances: Circumstances,
    releasing: Sequence[int] = (),
) -> tuple[Operation, list[StockMovement]]:
    """Return the operation and the movements made; none for a repeated request."""
    operation, is_new = start_operation(kind, circumstances)
    if not is_new:
        return operation, []
    movements = post(
        operation,
        [line],
        now=circumstances.now,
        effective_at=circumstances.effective_at,
        holding=_release(operation, line, releasing, circumstances),
    )
    if not movements:
        raise NothingToPost(_("The count matches. Nothing was posted."))
    return operation, movements


def _release(
    operation: Operation,
    line: Line,
    hold_ids: Sequence[int],
    circumstances: Circumstances,
) -> dict[LevelKey, int]:
    """End these holds; return what that does to `reserved`, for the ledger to post."""
    if not hold_ids:
        return {}
    if circumstances.effective_at is not None:
        check_open(circumstances.effective_at)  # the closing is locked before products
    holds = take_open(hold_ids, circumstances.now or timezone.now())
    freed = reserved_by(holds)
    if freed.keys() != {(line.product_id, line.location_id)}:
        raise InvalidLine(_("Release only holds of the stock that is taken."))
    close_holds(operation, holds, Hold.State.RELEASED, circumstances)
    return {key: -units for key, units in freed.items()}
