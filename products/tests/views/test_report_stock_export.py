"""products:report_stock_export."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from products.models.guards import drop_guards
from products.tests.factories import adjust, by, make_product
from products.tests.spoiling import Spoil, spoil

pytestmark = pytest.mark.django_db

NEEDS_SQLITE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="others refuse the value"
)
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


@NEEDS_SQLITE
@pytest.mark.parametrize(
    ("column", "value", "mug"),
    [("on_hand", "many", ",,12.5"), ("value", "dear", "5,,")],
)
def test_a_spoilt_value_spoils_its_cells(client, column, value, mug):
    assert spoil(Spoil("products_stocklevel", (column,), value))
    _header, line, _new = body(client.get(ADDRESS)).decode("utf-8-sig").splitlines()
    assert line == f"MUG,'=Mug,,{mug},"


@NEEDS_SQLITE
def test_a_spoilt_late_entry_is_said_before_the_first_byte(client):
    product = make_product(sku="CUP", stock=3)
    then = timezone.now() - timedelta(days=1)
    adjust(product, -1, effective_at=then)
    drop_guards(connection)
    assert spoil(Spoil("products_stockmovement", ("delta",), "many"))
    client.raise_request_exception = False
    at = timezone.localdate() - timedelta(days=1)
    response = client.get(ADDRESS, {"at": at.isoformat()})
    assert response.status_code == 409
    assert "stock movement: change" in response.content.decode()
