"""products:report_movements."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from products.tests.factories import adjust, by, make_product

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:report_movements")


def moment(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def april(client, admin):
    mug = make_product(stock=10, cost=Decimal(2), circumstances=by(now=moment(1, 5)))
    adjust(mug, -4, kind="sold", now=moment(4, 5))
    with time_machine.travel(moment(4, 20), tick=False):
        client.force_login(admin)
        yield


def test_this_month_unless_told(client):
    context = client.get(ADDRESS).context
    assert (context["first"], context["last"]) == (date(2026, 4, 1), date(2026, 4, 20))


def test_from_the_stock_before_to_the_stock_after(client):
    response = client.get(ADDRESS)
    period = response.context["period"]
    assert [moved.kind for moved in period.moved] == ["sold"]
    for words in ("Stock before", "€20.00", "−4", "-€8.00", "Stock after", "€12.00"):
        assert words.replace("-", "−") in response.text.replace("-€", "−€")


def test_days_of_the_address(client):
    response = client.get(ADDRESS, {"from": "2026-01-01", "to": "2026-01-31"})
    assert "Opening stock" in response.text
    assert "1 January 2026 to 31 January 2026" in response.text


@pytest.mark.parametrize(
    "address",
    [
        {"from": "soon"},
        {"to": "2999-01-01"},
        {"from": "0001-01-01"},
        {"from": "\x00"},
        {"from": "2026-03-02", "to": "2026-03-01"},
        {"to": "9" * 4000},
    ],
)
def test_days_that_make_no_sense_are_refused(client, address):
    response = client.get(ADDRESS, address)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "period" not in response.context


def test_who_sees_no_cost_sees_no_value(client, clerk):
    client.force_login(clerk)
    text = client.get(ADDRESS).text
    assert "€" not in text
    assert "−4" in text
