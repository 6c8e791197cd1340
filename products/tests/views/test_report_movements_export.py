"""products:report_movements_export."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from products.tests.factories import adjust, by, make_product

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:report_movements_export")
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture(autouse=True)
def shop(client, admin):
    client.force_login(admin)
    january = datetime(2026, 1, 5, 12, tzinfo=UTC)
    mug = make_product(stock=10, cost=Decimal("2.5"), circumstances=by(now=january))
    adjust(mug, -4, kind="sold", now=january.replace(month=3))


def lines(response) -> list[str]:
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_csv(client):
    response = client.get(ADDRESS, MARCH)
    name = 'filename="movements-2026-03-01-2026-03-31.csv"'
    assert name in response["Content-Disposition"]
    assert lines(response) == [
        "kind,movements,units_in,units_out,units,value",
        "stock_before,,,,10,25",
        "sold,1,0,4,-4,-10",
        "stock_after,,,,6,15",
    ]


def test_who_sees_no_cost_gets_no_value(client, clerk):
    client.force_login(clerk)
    assert lines(client.get(ADDRESS, MARCH))[2] == "sold,1,0,4,-4"


def test_days_that_make_no_sense_lead_to_the_page_that_says_so(client):
    response = client.get(ADDRESS, {"from": "soon"})
    assert response["Location"] == f"{reverse('products:report_movements')}?from=soon"
