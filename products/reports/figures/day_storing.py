"""The stored figures of past days: written once each day is over, true for ever."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from products.models import DayFigures, Operation
from products.models.reading import one_moment
from products.reports.figures.proving import is_same
from products.reports.figures.walking_back import PastFigures, figures_at
from products.reports.moments import end_of_day

DAYS = 30
MOST = 200_000  # happenings that are taken back; some 40 MB, some seconds
# What began before midnight may be written after it: a day is counted once more then.
SETTLED = timedelta(hours=1)
NAMES = [field.name for field in fields(PastFigures)]

Ends = dict[date, datetime]


def refresh_days(*, anew: bool = False) -> bool:
    """Store the figures of each of the last DAYS days that is missing; say if any was.

    All of them with `anew`. Nothing is stored of days before the shop began; two short
    queries where all is there. No locks while counting; one short write.
    """
    now = timezone.now()
    stored = {row.day: row for row in _recent(now)}
    needed = {
        day: end
        for day, end in _past_days(now).items()
        if anew or day not in stored or _is_unsettled(stored[day], end, now)
    }
    counted = {
        day: figures
        for day, figures in count_days(needed, now=now, most=MOST).items()
        # What is too long ago to be counted was counted when it was not.
        if figures or day not in stored
    }
    if counted:
        _store(counted, needed, stored, now)
    return bool(counted)


def count_days(
    days: Ends, *, now: datetime, most: int
) -> dict[date, PastFigures | None]:
    """Return the figures of these days, newest first; without those before the shop.

    None where more than `most` has happened since.
    """
    began = Operation.objects.order_by("created_at").values_list(
        "created_at", flat=True
    )
    first = began.first() if days else None
    if first is None:
        return {}
    lived = sorted((day for day, end in days.items() if end >= first), reverse=True)
    if not lived:
        return {}
    with one_moment():
        found = figures_at([days[day] for day in lived], now=now, most=most)
    return dict(zip(lived, found, strict=True))


def wrong_days() -> Iterator[tuple[date, str, object, object]]:
    """Yield each stored figure of a day that is wrong: day, name, is, should be.

    The newest day first. Works all of them out again; to be seen from one moment.
    """
    now = timezone.now()
    stored = {row.day: row for row in _recent(now)}
    ends = {
        day: end
        for day, end in _past_days(now).items()
        # What is not settled, or of another time zone, is going to be counted anew.
        if day in stored and not _is_unsettled(stored[day], end, now)
    }
    for day, figures in count_days(ends, now=now, most=MOST).items():
        row = stored[day]
        if figures is None or row.skus is None:
            continue
        for name in NAMES:
            found, expected = getattr(row, name), getattr(figures, name)
            if not is_same(found, expected):
                yield day, name, found, expected


def past_days(today: date) -> list[date]:
    """Return the last DAYS days before `today`, the oldest first."""
    return [today - timedelta(days=back) for back in range(DAYS, 0, -1)]


def _past_days(now: datetime) -> Ends:
    return {day: end_of_day(day) for day in past_days(timezone.localdate(now))}


def _recent(now: datetime) -> list[DayFigures]:
    first, *_others = past_days(timezone.localdate(now))
    return list(DayFigures.objects.filter(day__gte=first))


def _is_unsettled(row: DayFigures, end: datetime, now: datetime) -> bool:
    """Whether it was counted before all of the day was in, or in another time zone."""
    if row.ends_at != end:
        return True
    return row.counted_at < end + SETTLED <= now


@transaction.atomic
def _store(
    counted: Mapping[date, PastFigures | None],
    ends: Ends,
    stored: dict[date, DayFigures],
    now: datetime,
) -> None:
    """Two at once have counted the same; the later one stays."""
    new = []
    for day, figures in counted.items():
        row = asdict(figures) if figures else dict.fromkeys(NAMES)
        row |= {"ends_at": ends[day], "counted_at": now}
        if day in stored:
            DayFigures.objects.filter(day=day).update(**row)
        else:
            new.append(DayFigures(day=day, **row))
    DayFigures.objects.bulk_create(new, ignore_conflicts=True)
