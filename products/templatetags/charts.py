"""Stock over time as a step line: the geometry of an SVG, made on the server.

Colours are classes, so that the chart follows the theme; nothing runs in the browser.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from math import ceil

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from products.templatetags.inventory import quantity

register = template.Library()

WIDTH, HEIGHT = 720, 200  # of the view box; CSS stretches it
MAX_Y_STEPS = 5
X_STEPS = 4

Point = tuple[datetime, int | Decimal]


@dataclass(frozen=True)
class StepChart:
    """What components/chart.html draws; coordinates are text, ready for SVG."""

    grid: str
    line: str
    area: str
    reorder_y: str
    reorder_point: int | None
    y_labels: list[str]
    x_labels: list[str]
    summary: str
    points: Sequence[Point]
    since: datetime
    until: datetime
    table: str
    column: str


@register.inclusion_tag("components/chart.html")
def stock_chart(
    points: Sequence[Point],
    since: datetime,
    until: datetime,
    reorder_point: int | None = None,
    *,
    name: str = "",
    column: str = "",
) -> dict[str, StepChart | None]:
    """Draw the balance after each change, oldest first, from `since` to `until`.

    Times are aware. A point before `since` gives the level at the left edge; without
    one the line begins at the first point. Without points there is no chart. Of another
    figure than what is on hand, `name` says what it is; its numbers stand in `column`
    (data-of) of the page's own table, whose id is "days".
    """
    if not points or since >= until:
        return {"chart": None}
    highest = max(*(balance for _at, balance in points), reorder_point or 0)
    levels = _levels(ceil(highest))
    top = levels[-1]
    line = _line(points, since, until, top)
    left = line[1 : line.index(",")]
    return {
        "chart": StepChart(
            grid=" ".join(f"M0,{_y(level, top)} H{WIDTH}" for level in levels),
            line=line,
            area=f"{line} V{HEIGHT} H{left} Z",
            reorder_y=_y(reorder_point, top) if reorder_point else "",
            reorder_point=reorder_point,
            y_labels=[quantity(level) for level in reversed(levels)],
            x_labels=_x_labels(since, until),
            summary=_summary(points, reorder_point, name or gettext("On hand")),
            points=points,
            since=since,
            until=until,
            table="days" if column else "chart-table",
            column=column,
        )
    }


def _levels(highest: int) -> list[int]:
    """The marks of the scale from 0 up: at most five steps of 1, 2 or 5 times 10ⁿ."""
    highest = max(highest, 1)
    steps = (factor * 10**power for power in count() for factor in (1, 2, 5))
    step = next(step for step in steps if step * MAX_Y_STEPS >= highest)
    return list(range(0, highest + step, step))


def _line(points: Sequence[Point], since: datetime, until: datetime, top: int) -> str:
    """The path: level until the next change, then straight up or down."""
    span = (until - since).total_seconds()
    parts: list[str] = []
    for at, balance in points:
        share = (at - since).total_seconds() / span
        x, y = f"{min(max(share, 0), 1) * WIDTH:.1f}", _y(balance, top)
        parts.append(f"H{x} V{y}" if parts else f"M{x},{y}")
    return " ".join([*parts, f"H{WIDTH}"])


def _y(balance: int | Decimal, top: int) -> str:
    return f"{HEIGHT - balance / top * HEIGHT:.1f}"


def _x_labels(since: datetime, until: datetime) -> list[str]:
    days = [since + (until - since) * step / X_STEPS for step in range(X_STEPS + 1)]
    labels = [date_format(timezone.localtime(day), "j M") for day in days]
    if timezone.localdate(until) == timezone.localdate():
        labels[-1] = gettext("Today")
    return labels


def _summary(points: Sequence[Point], reorder_point: int | None, name: str) -> str:
    """The chart in a sentence, for those who don't see it."""
    balances = [balance for _at, balance in points]
    text = gettext("%(name)s over time: now %(now)s, lowest %(low)s, highest %(high)s.")
    numbers = {
        "name": name,
        "now": quantity(balances[-1]),
        "low": quantity(min(balances)),
        "high": quantity(max(balances)),
    }
    if not reorder_point:
        return text % numbers
    mark = gettext("Reorder point %(point)s.") % {"point": quantity(reorder_point)}
    return f"{text % numbers} {mark}"
