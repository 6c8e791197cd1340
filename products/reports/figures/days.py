"""The figures of the last days as pages show them, each as recorded by its end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from inventory_site.statements import Prepared
from products.models import DayFigures
from products.models.stored import as_stored, to_decimal
from products.reports.figures.day_storing import DAYS, count_days, past_days
from products.reports.moments import end_of_day

MOST = 10_000  # happenings that a page takes back, some tenths of a second
KEPT = 600  # seconds
COUNTING = 60  # seconds until somebody who counts is given up


@dataclass(frozen=True, slots=True)
class Day:
    """The end of a day; `value` is None for those who may not see it."""

    day: date
    units: int
    value: Decimal | None
    skus: int
    low: int
    out: int


def _newest() -> "QuerySet[DayFigures]":
    return DayFigures.objects.order_by("-day")[: DAYS + 1]


ALL = Prepared(
    lambda: _newest().values_list(
        "day", "skus", "units", "low", "out", as_stored("value")
    )
)
WITHOUT_COST = Prepared(
    lambda: _newest().values_list("day", "skus", "units", "low", "out")
)


def recent_days(*, with_cost: bool, on_demand: bool) -> tuple[Day, ...]:
    """Return the last DAYS days, the oldest first, without those nobody knows.

    One query, and neither reads nor keeps a value without `with_cost`. Where the last
    day is missing, it is counted `on_demand`, unless too much has happened since, and
    kept for KEPT seconds in Django's cache; nothing is stored.
    """
    today = timezone.localdate()
    wanted = past_days(today)
    found = _stored(wanted[0], with_cost=with_cost)
    if not on_demand or wanted[-1] in found:
        return _known(found)
    name = f"products.figures.days.{today}.{'all' if with_cost else 'no-cost'}"
    kept: Mapping[date, Day | None] | None = cache.get(name)
    if kept is None and cache.add(f"{name}.claim", 1, COUNTING):
        try:
            kept = _count(set(wanted) - found.keys(), with_cost=with_cost)
            cache.set(name, kept, KEPT)
        finally:
            cache.delete(f"{name}.claim")
    return _known(found | dict(kept or {}))


def _stored(first: date, *, with_cost: bool) -> dict[date, Day | None]:
    found: dict[date, Day | None] = {}
    for stored, skus, units, low, out, *worth in (
        ALL if with_cost else WITHOUT_COST
    ).rows():
        # As the driver gives it; SQLite has text.
        day = stored if isinstance(stored, date) else date.fromisoformat(stored)
        if day >= first:
            value = to_decimal(worth[0]) if worth else None
            is_known = skus is not None
            found[day] = Day(day, units, value, skus, low, out) if is_known else None
    return found


def _count(days: Iterable[date], *, with_cost: bool) -> dict[date, Day | None]:
    ends = {day: end_of_day(day) for day in days}
    counted = count_days(ends, now=timezone.now(), most=MOST)
    days_of: dict[date, Day | None] = dict.fromkeys(counted)
    for day, past in counted.items():
        if past:
            value = past.value if with_cost else None
            days_of[day] = Day(day, past.units, value, past.skus, past.low, past.out)
    return days_of


def _known(found: Mapping[date, Day | None]) -> tuple[Day, ...]:
    in_order = (found[day] for day in sorted(found))
    return tuple(day for day in in_order if day)
