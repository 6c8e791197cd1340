"""Spark lines: the paths of past days, and the change in words."""

from datetime import date, timedelta
from operator import attrgetter

import pytest

from products.reports.figures import Day
from products.templatetags.inventory import quantity
from products.templatetags.sparks import Spark, spark

TODAY = date(2026, 6, 20)


def spark_of(units: dict[int, int], now: int | None) -> Spark:
    """The line of (days ago: units)."""
    days = [
        Day(TODAY - timedelta(days=ago), count, None, 1, 0, 0)
        for ago, count in sorted(units.items(), reverse=True)
    ]
    return spark(days, now, attrgetter("units"), quantity, TODAY)


def test_the_line_ends_at_the_figure_of_now() -> None:
    drawn = spark_of({2: 0, 1: 10}, now=20)
    assert drawn.line == "M84,26.0 87,14.0 90,2.0"
    assert drawn.area == "M84,28 L84,26.0 87,14.0 90,2.0 L90,28 Z"


def test_without_a_past_there_is_no_line() -> None:
    assert spark_of({}, now=20) == Spark()
    assert spark_of({1: 4}, now=None) == Spark()


def test_what_is_unknown_is_a_gap() -> None:
    drawn = spark_of({30: 5, 29: 5, 20: 5, 2: 5, 1: 5}, now=5)
    assert [part.count(",") for part in drawn.line.split("M")[1:]] == [2, 3]


def test_a_small_change_looks_small() -> None:
    """A hundredth more is a tenth of the height, not all of it."""
    drawn = spark_of({1: 1000}, now=1010)
    heights = [float(point.split(",")[1]) for point in drawn.line[1:].split()]
    assert 0 < heights[0] - heights[1] < 3


@pytest.mark.parametrize("count", [0, 1, 1_000_000])
def test_what_stays_is_level_and_inside(count: int) -> None:
    drawn = spark_of({2: count, 1: count}, now=count)
    heights = {float(point.split(",")[1]) for point in drawn.line[1:].split()}
    assert len(heights) == 1
    assert 0 < heights.pop() <= 26


@pytest.mark.parametrize(
    ("first", "now", "words"),
    [
        (96, 1_300, "1,204 more than 30 days ago"),
        (10, 7, "3 less than 30 days ago"),
        (7, 7, "as much as 30 days ago"),
    ],
)
def test_readers_hear_the_change(first: int, now: int, words: str) -> None:
    assert spark_of({30: first, 1: 2}, now=now).words == words


def test_a_young_shop_names_the_day() -> None:
    assert spark_of({3: 1, 1: 2}, now=5).words == "4 more than on 17 June"
