"""reports.moments: days and times as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from products.reports.moments import read_day, read_moment


@pytest.fixture(autouse=True)
def copenhagen():
    with timezone.override("Europe/Copenhagen"):
        yield


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-07-03", datetime(2025, 7, 3, 21, 59, 59, 999999, UTC)),
        ("2025-01-03", datetime(2025, 1, 3, 22, 59, 59, 999999, UTC)),
        (" 2025-07-03 14:30 ", datetime(2025, 7, 3, 12, 30, tzinfo=UTC)),
        ("2025-07-03T14:30:15", datetime(2025, 7, 3, 12, 30, 15, tzinfo=UTC)),
        ("2025-07-03 14:30-05:00", datetime(2025, 7, 3, 19, 30, tzinfo=UTC)),
        # The hour that a clock change leaves out.
        ("2025-03-30 02:30", datetime(2025, 3, 30, 1, 30, tzinfo=UTC)),
    ],
)
def test_moment(text, moment):
    assert read_moment(text).astimezone(UTC) == moment


@pytest.mark.parametrize(
    "text", ["", "now", "2025-02-29", "2025-07-03 25:00", "2999-01-01", "0001-01-01"]
)
def test_no_moment(text):
    with pytest.raises(ValidationError):
        read_moment(text)


def test_today_has_come_already():
    today = timezone.localdate()
    assert read_day(today.isoformat()) == today
    with pytest.raises(ValidationError):
        read_day((today + timedelta(days=1)).isoformat())


def test_day():
    assert read_day("2025-07-03") == date(2025, 7, 3)
    with pytest.raises(ValidationError):
        read_day("2025-07-03 14:30")
