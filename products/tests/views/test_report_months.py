"""products:report_months."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from products.tests.factories import adjust, by, make_product

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:report_months")


def moment(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.fixture
def april(client, admin):
    """Ten mugs at 2.00 since January, of which four were sold in March."""
    mug = make_product(stock=1_000, cost=Decimal(2), circumstances=by(now=moment(1, 5)))
    adjust(mug, -400, kind="sold", now=moment(3, 5))
    with time_machine.travel(moment(4, 20), tick=False):
        client.force_login(admin)
        yield


def test_units_and_value_at_each_month_end(client, april):
    text = client.get(ADDRESS).text
    assert "March 2026" in text
    assert "€1,200.00" in text
    assert "€2,000.00" in text
    assert f"{reverse('products:report_stock')}?at=2026-02-28" in text


def test_a_year_or_two(client, april):
    make_product(stock=1, circumstances=by(now=moment(1, 5).replace(year=2024)))
    assert len(client.get(ADDRESS).context["rows"]) == 13
    assert len(client.get(ADDRESS, {"months": "24"}).context["rows"]) == 25
    for nonsense in ("9999999", "x", "\x00"):
        assert client.get(ADDRESS, {"months": nonsense}).context["months"] == "12"


def test_months_before_there_was_anything_are_left_out(client, april):
    days = [end.day for end, _bar in client.get(ADDRESS).context["rows"]]
    assert days[-1] == date(2025, 12, 31)
    assert len(days) == 5


def test_bars_compare_the_values(client, april):
    bars = [bar for _end, bar in client.get(ADDRESS).context["rows"]]
    assert bars[:4] == ["60.0", "60.0", "100.0", "100.0"]
    assert bars[4] == "0.0"


def test_who_sees_no_cost_sees_units_alone(client, april, clerk):
    client.force_login(clerk)
    text = client.get(ADDRESS).text
    assert "€" not in text
    assert "600" in text


def test_empty_shop(client, admin):
    client.force_login(admin)
    assert "Nothing was in stock yet" in client.get(ADDRESS).text
