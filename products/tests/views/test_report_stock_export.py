"""products:report_stock_export."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from products.tests.factories import by, make_product

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:report_stock_export")
DAY = timezone.localdate() - timedelta(days=2)


@pytest.fixture(autouse=True)
def shop(client, admin):
    client.force_login(admin)
    then = timezone.now() - timedelta(days=5)
    make_product(
        sku="MUG",
        name="=Mug",
        stock=5,
        cost=Decimal("2.5"),
        circumstances=by(now=then),
    )
    make_product(sku="NEW", stock=1)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_csv(client):
    response = client.get(ADDRESS, {"at": DAY.isoformat(), "format": "csv"})
    assert f'filename="stock-{DAY}.csv"' in response["Content-Disposition"]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    header, mug = body(response).decode("utf-8-sig").splitlines()
    assert header == "sku,name,category,on_hand,unit_cost,value,deleted"
    assert mug == "MUG,'=Mug,,5,2.5,12.5,"


def test_xlsx(client):
    response = client.get(ADDRESS, {"at": DAY.isoformat(), "format": "xlsx"})
    assert f'filename="stock-{DAY}.xlsx"' in response["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(body(response))).active
    assert [row[:4] for row in sheet.values][1:] == [("MUG", "=Mug", None, 5)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_left_before_its_end(client, kind):
    """All is read from one moment; whoever hangs up leaves no transaction behind."""
    response = client.get(ADDRESS, {"format": kind})
    next(iter(response.streaming_content))
    response.close()
    assert not connection.in_atomic_block
    make_product(sku="LATER")


def test_now_and_csv_unless_told(client):
    assert b"NEW" in body(client.get(ADDRESS))


def test_who_sees_no_cost_gets_none(client, clerk):
    client.force_login(clerk)
    assert b"2.5" not in body(client.get(ADDRESS))


def test_day_that_makes_no_sense_leads_to_the_page_that_says_so(client):
    response = client.get(ADDRESS, {"at": "soon"})
    assert response["Location"] == f"{reverse('products:report_stock')}?at=soon"


def test_unknown_format(client):
    assert client.get(ADDRESS, {"format": "exe"}).status_code == 400
