"""exporting.registry: what holds for every file, whichever it is."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.models import Product
from products.tests.exporting.catalogues import make_shop_with_everything

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"-?[0-9.]*")
every = pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)


def rows(export, *, with_cost=True) -> list[list[str]]:
    asked = ExportRequest(Product.objects.order_by("sku_key"), with_cost=with_cost)
    data = b"".join(export.write(asked))
    if export.extension == "xlsx":
        sheet = load_workbook(io.BytesIO(data)).active
        return [[str(cell or "") for cell in row] for row in sheet.values]
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@every
def test_a_shop_without_products_makes_a_header(export):
    assert len(rows(export)) == 1


@every
def test_every_row_is_as_long_as_the_header(export):
    make_shop_with_everything()
    header, *others = rows(export)
    assert len(others) >= Product.objects.count()
    assert {len(row) for row in others} == {len(header)}


@pytest.mark.parametrize(
    "export", [each for each in EXPORTS.values() if each.extension == "csv"]
)
def test_nothing_runs_in_a_spreadsheet(export):
    make_shop_with_everything()
    for row in rows(export):
        for cell in row:
            starts_a_formula = cell.lstrip()[:1] in set("=+-@＝＋－＠")
            assert not starts_a_formula or NUMBER.fullmatch(cell), cell


@every
def test_without_costs_there_are_none(export):
    make_shop_with_everything()
    assert not any(
        "3.33" in cell for row in rows(export, with_cost=False) for cell in row
    )
