"""reports.stock_file: the stock at a moment as CSV and XLSX."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from products.reports.stock_file import stock_csv, stock_xlsx
from products.services.deleting import delete_product
from products.tests.factories import (
    by,
    make_category,
    make_location,
    make_product,
    receive,
)

pytestmark = pytest.mark.django_db

THEN = timezone.now() - timedelta(days=3)
LONG_AGO = by(now=THEN - timedelta(days=3))


def read(**kwargs) -> list[list[str]]:
    text = "".join(stock_csv(THEN, **{"with_cost": True, **kwargs}))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def mug():
    mugs = make_category("Mugs", make_category("Kitchen"))
    return make_product(
        sku="MUG",
        name="=Mug",
        stock=3,
        cost=Decimal("2.5"),
        category=mugs,
        circumstances=LONG_AGO,
    )


def test_csv(mug):
    assert read() == [
        ["sku", "name", "category", "on_hand", "unit_cost", "value", "deleted"],
        ["MUG", "'=Mug", "Kitchen › Mugs", "3", "2.5", "7.5", ""],
    ]


def test_without_costs(mug):
    header, row = read(with_cost=False)
    assert header == ["sku", "name", "category", "on_hand", "deleted"]
    assert "2.5" not in row


def test_locations_where_there_are_several(mug):
    receive(mug, 1, location=make_location(), circumstances=LONG_AGO)
    header, *rows = read()
    place = header.index("location")
    assert [row[place] for row in rows] == ["Main store", "Back room"]


def test_deleted_product_is_marked(mug):
    delete_product(product_id=mug.pk, circumstances=by())
    assert read()[1][-1] == "yes"


def test_xlsx_has_numbers_where_csv_has_digits(mug):
    stream = io.BytesIO(b"".join(stock_xlsx(THEN, with_cost=True)))
    sheet = load_workbook(stream)[f"Stock {timezone.localdate(THEN):%Y-%m-%d}"]
    assert list(sheet.values)[1] == ("MUG", "=Mug", "Kitchen › Mugs", 3, 2.5, 7.5, None)
    assert sheet["B2"].data_type == "s"
