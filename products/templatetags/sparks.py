"""Spark lines: the figures of the last days as the paths of a small SVG.

Colours are classes, so that they follow the theme; nothing runs in the browser. Readers
get the change in words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext

from products.reports.figures import Day

WIDTH, HEIGHT = 90, 28  # of the view box; CSS stretches it
INSET = 2  # so that half of a thick line isn't cut off
SPAN = 30  # days
# What a full height shows at least: a tenth of the figure, and four of a small one.
# Else one product more or less would look like a landslide.
LEAST_SHARE, LEAST = 0.1, 4

Number = int | Decimal
Points = tuple[tuple[int, float], ...]
"""Days ago, and the figure then; the oldest first."""


@dataclass(frozen=True, slots=True)
class Spark:
    """A line, the area below it, and in words what it shows; all empty without one."""

    line: str = ""
    area: str = ""
    words: str = ""


def spark(
    days: Sequence[Day],
    now: Number | None,
    get: Callable[[Day], Number | None],
    write: Callable[[object], str],
    today: date,
) -> Spark:
    """Return the line from the oldest of `days` to the figure of `now`.

    Days that nobody knows are gaps. No line where no past day is known.
    """
    known = [(day.day, value) for day in days if (value := get(day)) is not None]
    if not known or now is None:
        return Spark()
    points = [((today - day).days, float(value)) for day, value in known]
    line, area = _paths((*points, (0, float(now))))
    return Spark(line, area, _change(now - known[0][1], known[0][0], today, write))


def _paths(points: Points) -> tuple[str, str]:
    values = [value for _ago, value in points]
    lowest, highest = min(values), max(values)
    span = max(highest - lowest, abs(highest) * LEAST_SHARE, LEAST)
    bottom = max((highest + lowest - span) / 2, 0) if lowest >= 0 else lowest
    scale = (HEIGHT - 2 * INSET) / span
    lines, areas = [], []
    for part in _unbroken(points):
        places = [
            (
                (SPAN - ago) * WIDTH / SPAN,
                HEIGHT - INSET - (value - bottom) * scale,
            )
            for ago, value in part
        ]
        through = " ".join(f"{x:g},{y:.1f}" for x, y in places)
        first, last = places[0][0], places[-1][0]
        lines.append(f"M{through}")
        areas.append(f"M{first:g},{HEIGHT} L{through} L{last:g},{HEIGHT} Z")
    return " ".join(lines), " ".join(areas)


def _unbroken(points: Points) -> Iterator[Points]:
    """Yield the stretches of days that follow each other; one day alone is no line."""
    part = [points[0]]
    for before, point in pairwise(points):
        if before[0] - point[0] > 1:
            if len(part) > 1:
                yield tuple(part)
            part = []
        part.append(point)
    if len(part) > 1:
        yield tuple(part)


def _change(
    change: Number, since: date, today: date, write: Callable[[object], str]
) -> str:
    """Say how much more or less it is than on the first day of the line."""
    ago = (today - since).days
    if ago == SPAN:
        words = {
            1: gettext("%(change)s more than 30 days ago"),
            -1: gettext("%(change)s less than 30 days ago"),
            0: gettext("as much as 30 days ago"),
        }
    else:
        words = {
            1: gettext("%(change)s more than on %(day)s"),
            -1: gettext("%(change)s less than on %(day)s"),
            0: gettext("as much as on %(day)s"),
        }
    sign = (change > 0) - (change < 0)
    day = date_format(since, "j F")
    return words[sign] % {"change": write(abs(change)), "day": day}
