"""How much of a product was on hand, day by day: what the chart draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from products.models import Location, StockMovement
from products.models.stored import to_count
from products.reports.moments import start_of_day

DAYS = 120
MOST = 250  # movements that are read one by one
STEP = 3  # days between two points of a product that moves more
LAST_BALANCES = """
    SELECT step.n, (
        SELECT movement.balance_after FROM products_stockmovement movement
        WHERE movement.product_id = %s AND movement.location_id = place.id
            AND movement.recorded_at < step.until
        ORDER BY movement.recorded_at DESC, movement.sequence DESC LIMIT 1
    )
    FROM ({steps}) step CROSS JOIN products_location place WHERE place.kind = %s
"""

Point = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class History:
    """Closing balances from `since` to `until`: one point a day with movements.

    A point is the moment of the day's last movement and the units on hand after it.
    The first point is `since` itself, with what was on hand then; there are no points
    where nothing ever moved. Of what moved more than MOST times, there is a point at
    the end of every third day.
    """

    since: datetime
    until: datetime
    points: list[Point]


def on_hand_history(
    product_id: int, *, on_hand: int | None, days: int = DAYS
) -> History:
    """Return the history of the last `days` (1 to 365), today included.

    By the time of recording, in the shop's time zone. Walks back from what is
    `on_hand` now through the movements of those days, however many came before. Where
    they are more than MOST, it looks some balances up instead; two queries either way.
    Without points where something of it can't be read.
    """
    now = timezone.localtime()
    first_day = now.date() - timedelta(days=days - 1)
    since = start_of_day(first_day)
    if on_hand is None:
        return History(since, now, [])
    moves = StockMovement.objects.filter(product_id=product_id).order_by("-pk")
    beyond = moves.values_list("recorded_at", flat=True)[MOST : MOST + 1]
    if all(recorded_at and recorded_at < since for recorded_at in beyond):
        newest = _moves(product_id, since)
        return History(since, now, _closing_points(newest, since, on_hand))
    ends = [start_of_day(first_day + timedelta(days=n)) for n in range(0, days, STEP)]
    points = _balances_at(product_id, ends)
    return History(since, now, [*points, (now, on_hand)] if points else [])


def _balances_at(product_id: int, moments: list[datetime]) -> list[Point]:
    """Return what was on hand at each moment; a look-up per moment and location."""
    # MariaDB would compare a mere placeholder as text.
    until = "CAST(%s AS DATETIME(6))" if connection.vendor == "mysql" else "%s"
    steps = [f"SELECT {n} AS n, {until} AS until" for n in range(len(moments))]
    written = [connection.ops.adapt_datetimefield_value(each) for each in moments]
    sums = [0] * len(moments)
    with connection.cursor() as cursor:
        cursor.execute(
            LAST_BALANCES.format(steps=" UNION ALL ".join(steps)),
            [product_id, *written, Location.Kind.STOCK],
        )
        for n, balance in cursor:
            if to_count(balance or 0) is None:
                return []
            sums[n] += balance or 0
    return list(zip(moments, sums, strict=True))


def _closing_points(
    moves: Iterable[Point], since: datetime, balance: int
) -> list[Point]:
    """Newest first through the movements, so that the first seen closes its day."""
    points: list[Point] = []
    day = None
    for recorded_at, delta in moves:
        if recorded_at is None or to_count(delta) is None:
            return []
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
