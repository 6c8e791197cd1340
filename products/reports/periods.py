"""Months and what moved in them, by business date, counted back from the stock of now.

What there was at a moment is what there is now less what has moved since. So only the
movements since then are read, and every sum agrees with `stock_at`: stock in transit
and products that are gone since are in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from products.models import StockLevel, StockMovement
from products.models.stored import sum_stored, to_decimal
from products.reports.moments import end_of_day, start_of_day
from products.services.balances import Balance
from products.services.chain import VALUE_STEP


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What there was at the end of a day, or of today so far."""

    day: date
    stock: Balance


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved of one kind: units in and out, both above zero, and the value."""

    kind: str
    label: str
    count: int
    units_in: int
    units_out: int
    value: Decimal

    @property
    def units(self) -> int:
        return self.units_in - self.units_out


@dataclass(frozen=True, slots=True)
class Period:
    """What there was before the first day, what moved, and what there was after.

    Units and values of `moved` lead from `opening` to `closing`.
    """

    opening: Balance
    moved: list[Moved]
    closing: Balance


def stock_now() -> Balance:
    """Return units and value of everything there is; one query."""
    answer = StockLevel.objects.aggregate(
        units=Sum("on_hand"), worth=sum_stored("value")
    )
    return _balance(answer["units"], answer["worth"])


def month_ends(months: int) -> list[MonthEnd]:
    """Return the stock at the end of the last `months` months, newest first.

    The first is today, which is not at the end of its month; two queries.
    """
    today = timezone.localdate()
    days = _ends_of_months(today, months)
    ends = [end_of_day(day) for day in days]
    steps = [When(effective_at__gt=end, then=Value(n)) for n, end in enumerate(ends)]
    sums = (
        _between(ends[-1], None)
        .annotate(step=Case(*steps))
        .values("step")
        .annotate(units=Sum("delta"), worth=sum_stored("value_delta"))
    )
    moved = {
        step: _balance(units, worth)
        for step, units, worth in sums.values_list("step", "units", "worth")
    }
    stock = stock_now()
    answer = [MonthEnd(today, stock)]
    for step, day in enumerate(days):
        stock = _less(stock, moved.get(step, Balance()))
        answer.append(MonthEnd(day, stock))
    return answer


def movements_between(first: date, last: date) -> Period:
    """Return what moved from `first` to `last`, both inclusive; three queries."""
    start, end = start_of_day(first), end_of_day(last)
    since = _between(end, None).aggregate(
        units=Sum("delta"), worth=sum_stored("value_delta")
    )
    closing = _less(stock_now(), _balance(since["units"], since["worth"]))
    moved = _by_kind(_between(start - timedelta(microseconds=1), end))
    total = Balance(
        sum(each.units for each in moved),
        sum((each.value for each in moved), Decimal(0)),
    )
    return Period(_less(closing, total), moved, closing)


def movements_since(first: date) -> QuerySet[Any]:
    """Return what `movements_between` from that day on has to read."""
    return _between(start_of_day(first) - timedelta(microseconds=1), None)


def movements_since_months(months: int) -> QuerySet[Any]:
    """Return what `month_ends` of so many months has to read."""
    return _between(end_of_day(_ends_of_months(timezone.localdate(), months)[-1]), None)


def _ends_of_months(today: date, months: int) -> list[date]:
    """Return the last days of the `months` months before this one, newest first."""
    days = [_last_of_month_before(today)]
    while len(days) < months:
        days.append(_last_of_month_before(days[-1]))
    return days


def _between(after: datetime, until: datetime | None) -> QuerySet[Any]:
    """Return the movements dated later than `after`, `until` at the latest."""
    # Named both, so that the index of business dates can be read.
    movements = StockMovement.objects.filter(
        is_backdated__in=[False, True], effective_at__gt=after
    ).order_by()
    return movements if until is None else movements.filter(effective_at__lte=until)


def _by_kind(movements: QuerySet[Any]) -> list[Moved]:
    sums = movements.values("kind").annotate(
        count=Count("pk"),
        units_in=Sum("delta", filter=Q(delta__gt=0)),
        units_out=Sum("delta", filter=Q(delta__lt=0)),
        worth=sum_stored("value_delta"),
    )
    found = {row["kind"]: row for row in sums}
    return [
        Moved(
            kind.value,
            str(kind.label),
            found[kind]["count"],
            int(found[kind]["units_in"] or 0),
            -int(found[kind]["units_out"] or 0),
            _balance(0, found[kind]["worth"]).value,
        )
        for kind in StockMovement.Kind
        if kind in found
    ]


def _last_of_month_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def _less(stock: Balance, moved: Balance) -> Balance:
    return Balance(stock.quantity - moved.quantity, stock.value - moved.value)


def _balance(units: int | None, worth: object) -> Balance:
    value = to_decimal(worth or 0) or Decimal(0)
    return Balance(int(units or 0), value.quantize(VALUE_STEP))
