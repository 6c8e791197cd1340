from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string

from products.templatetags.charts import StepChart, stock_chart

UNTIL = datetime(2026, 3, 12, 12, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=120)


def chart_of(*balances: tuple[int, int], reorder_point: int | None = None) -> StepChart:
    """The chart of (days after the left edge, on hand) pairs."""
    points = [(SINCE + timedelta(days=days), balance) for days, balance in balances]
    chart = stock_chart(points, SINCE, UNTIL, reorder_point)["chart"]
    assert chart is not None
    return chart


def test_the_line_holds_its_level_until_the_next_change() -> None:
    chart = chart_of((0, 10), (60, 5))
    assert chart.line == "M0.0,0.0 H360.0 V100.0 H720"


def test_a_change_before_the_left_edge_gives_the_level_there() -> None:
    assert chart_of((-30, 10)).line.startswith("M0.0,0.0")


def test_the_line_begins_at_the_first_change_when_there_was_none_before() -> None:
    chart = chart_of((60, 10))
    assert chart.line == "M360.0,0.0 H720"
    assert chart.area.endswith("V200 H360.0 Z")


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (0, ["1", "0"]),
        (10, ["10", "8", "6", "4", "2", "0"]),
        (206, ["250", "200", "150", "100", "50", "0"]),
        (2500, ["2,500", "2,000", "1,500", "1,000", "500", "0"]),
    ],
)
def test_the_scale_is_round_and_holds_the_highest(
    highest: int, labels: list[str]
) -> None:
    assert chart_of((0, highest)).y_labels == labels


def test_the_scale_holds_the_reorder_point_too() -> None:
    chart = chart_of((0, 3), reorder_point=100)
    assert chart.y_labels[0] == "100"
    assert chart.reorder_y == "0.0"


def test_the_sentence_says_what_the_line_shows() -> None:
    chart = chart_of((0, 116), (10, 61), (20, 1140), reorder_point=36)
    assert "now 1,140, lowest 61, highest 1,140" in chart.summary
    assert "Reorder point 36" in chart.summary


def test_the_table_under_it_lists_the_newest_first() -> None:
    shown = render_to_string(
        "components/chart.html", {"chart": chart_of((0, 116), (10, 61))}
    )
    assert shown.index('data-value="61">61<') < shown.index('data-value="116">116<')


def test_without_movements_it_says_so() -> None:
    drawn = stock_chart([], SINCE, UNTIL)
    assert "Nothing has moved yet" in render_to_string("components/chart.html", drawn)


def test_the_last_mark_of_a_chart_up_to_now_is_today() -> None:
    now = datetime.now(tz=UTC)
    drawn = stock_chart([(now - timedelta(days=1), 4)], now - timedelta(days=2), now)
    assert drawn["chart"].x_labels[-1] == "Today"
