"""How much of a product was on hand, day by day: what the chart draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from products.models import Location, StockMovement
from products.reports.moments import start_of_day

DAYS = 120

Point = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class History:
    """Closing balances from `since` to `until`: one point a day with movements.

    A point is the moment of the day's last movement and the units on hand after it.
    The first point is `since` itself, with what was on hand then; there are no points
    where nothing ever moved.
    """

    since: datetime
    until: datetime
    points: list[Point]


def on_hand_history(product_id: int, *, on_hand: int, days: int = DAYS) -> History:
    """Return the history of the last `days` (1 to 365), today included; one query.

    By the time of recording, in the shop's time zone. Walks back from what is
    `on_hand` now through the movements of those days, however many came before.
    """
    now = timezone.localtime()
    first_day = now.date() - timedelta(days=days - 1)
    since = start_of_day(first_day)
    return History(
        since, now, _closing_points(_moves(product_id, since), since, on_hand)
    )


def _closing_points(
    moves: Iterable[Point], since: datetime, balance: int
) -> list[Point]:
    """Newest first through the movements, so that the first seen closes its day."""
    points: list[Point] = []
    day = None
    for recorded_at, delta in moves:
        if timezone.localdate(recorded_at) != day:
            day = timezone.localdate(recorded_at)
            points.append((recorded_at, balance))
        balance -= delta
    if points or balance:
        points.append((since, balance))
    return points[::-1]


def _moves(product_id: int, since: datetime) -> "QuerySet[StockMovement, Point]":
    """What moved since then, newest first: (recorded_at, change)."""
    moves = StockMovement.objects.filter(
        product_id=product_id,
        location__kind=Location.Kind.STOCK,
        recorded_at__gte=since,
    )
    return moves.order_by("-recorded_at", "-pk").values_list("recorded_at", "delta")
