"""The movements of a product as its pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from products.models import StockMovement
from products.reports.movements import Moved

Kind = StockMovement.Kind

ICONS: dict[str, str] = {
    Kind.OPENING: "flag",
    Kind.RECEIVED: "box-arrow-in-down",
    Kind.SOLD: "bag-check",
    Kind.RETURNED: "arrow-return-left",
    Kind.DAMAGED: "exclamation-triangle",
    Kind.LOST: "question-circle",
    Kind.FOUND: "search",
    Kind.CORRECTION: "plus-slash-minus",
    Kind.OTHER: "three-dots",
    Kind.COUNTED: "clipboard-check",
    Kind.TRANSFER_OUT: "truck",
    Kind.TRANSFER_IN: "truck",
    Kind.WRITTEN_OFF: "trash3",
    Kind.REVALUED: "cash-coin",
    Kind.REVERSAL: "arrow-counterclockwise",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A line of components/moves.html; `balance` is the shop's, not a location's."""

    day: date | None
    at: datetime | None
    icon: str
    title: str
    note: str
    who: str
    delta: int
    balance: int | None
    url: str = ""
    undo_url: str = ""


def as_moves(
    moved: Iterable[Moved], *, with_location: bool, with_links: bool
) -> list[Move]:
    """Put movements into words; the location only where there are several.

    With links to the operations, for those who may see them.
    """
    return [
        _as_move(one, with_location=with_location, with_links=with_links)
        for one in moved
    ]


def _as_move(moved: Moved, *, with_location: bool, with_links: bool) -> Move:
    movement, operation = moved.movement, moved.movement.operation
    kind, at = str(movement.get_kind_display()), movement.recorded_at
    who = operation.actor_label
    return Move(
        day=timezone.localdate(at) if at else None,
        at=at,
        icon=ICONS.get(movement.kind, "dot"),
        title=f"{kind}, {operation.reference}" if operation.reference else kind,
        note=operation.reason,
        who=f"{who}, {movement.location.name}" if with_location else who,
        delta=movement.delta,
        balance=moved.on_hand,
        url=_address(operation.pk) if with_links else "",
    )


def _address(operation_id: int) -> str:
    return reverse("products:operation_detail", args=[operation_id])
