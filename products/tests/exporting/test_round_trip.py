"""What was exported and comes back unchanged changes nothing, whatever is in it."""

import pytest
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.models import (
    Brand,
    Category,
    Location,
    Product,
    ProductGroup,
    StockMovement,
)
from products.tests.exporting.catalogues import CATALOGUE, make_catalogue
from products.tests.factories import make_product
from products.tests.importing.files import counts, import_text

TABLES = (Product, Category, Brand, ProductGroup, Location, StockMovement)


def export(code: str) -> bytes:
    asked = ExportRequest(Product.objects.order_by("sku_key"), with_cost=True)
    return b"".join(EXPORTS[code].write(asked))


def rows() -> list[list[tuple]]:
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


class TestAnyCatalogue(TestCase):
    @settings(max_examples=30)
    @given(drawn=CATALOGUE)
    def test_csv(self, drawn):
        self.check(drawn, "native")

    @settings(max_examples=30)
    @given(drawn=CATALOGUE)
    def test_xlsx(self, drawn):
        self.check(drawn, "xlsx")

    def check(self, drawn: dict, code: str) -> None:
        make_catalogue(drawn)
        before = rows()
        outcome = import_text(export(code), sets_stock=True)
        found = outcome.findings
        assert counts(outcome) == (0, 0, len(drawn["products"]), 0), found
        assert rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["native", "xlsx"])
@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "'=1+1", "''", "'a'", "-1", "+49 30", "@x"),  # formulas, apostrophes
        *("007", "1e5", "12.50", "12,5", "9" * 25),  # numbers
        *("1-Mar", "'1-Mar", "Mar-01", "1.00E+05", "2025-03-01 00:00:00", "#REF!"),
        "12345678905",  # a UPC without its zero
    ],
)
def test_a_sku_comes_back_as_it_was(code, text):
    make_product(sku=text, name="Odd", barcode=text.replace(" ", ""))
    outcome = import_text(export(code), sets_stock=True)
    assert counts(outcome) == (0, 0, 1, 0), outcome.findings
    assert Product.objects.get().sku == text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["native", "xlsx"])
@pytest.mark.parametrize("text", ["a\x1f\x1fb", "a\ufffeb", "a _x000D_", "]]>&amp;"])
def test_a_name_comes_back_as_it_was(code, text):
    make_product(name=text)
    assert counts(import_text(export(code))) == (0, 0, 1, 0)
    assert Product.objects.get().name == text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["native", "xlsx"])
def test_a_changed_cell_is_a_change(code):
    make_product(sku="MUG", name="Mug", price=1)
    file = export(code)
    Product.objects.update(name="Cup")
    outcome = import_text(file)
    assert counts(outcome) == (0, 1, 0, 0)
    assert Product.objects.get().name == "Mug"
