"""Our own CSV: what is in it, and that it is safe in a spreadsheet."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from products.exporting.native import write
from products.exporting.products import ExportRequest
from products.models import Brand, Product, ProductGroup
from products.tests.factories import make_category, make_location, make_product, receive


def export(*, with_cost: bool = True) -> str:
    asked = ExportRequest(Product.objects.order_by("sku_key"), with_cost=with_cost)
    return b"".join(write(asked)).decode()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.django_db
class TestFile:
    def test_the_facts_of_a_product(self):
        kitchen = make_category("Kitchen")
        group = ProductGroup.objects.create(
            name="Mug", handle="mug", option1_name="Colour"
        )
        make_product(
            sku="MUG-1",
            name="Blue mug",
            price=Decimal("14.90"),
            cost=Decimal("6.5"),
            weight=350,
            barcode="4006381333931",
            category=make_category("2 > 1 cups", kitchen),
            brand=Brand.objects.create(name="Bølge"),
            group=group,
            option1="Blue",
            reorder_point=4,
            stock=7,
        )
        (row,) = rows(export())
        assert row["category"] == "Kitchen > 2 \\> 1 cups"
        assert (row["price"], row["cost"], row["weight_g"]) == ("14.90", "6.5", "350")
        assert (row["brand"], row["barcode"]) == ("Bølge", "4006381333931")
        assert (row["group"], row["group_name"]) == ("mug", "Mug")
        assert (row["option1_name"], row["option1"]) == ("Colour", "Blue")
        assert (row["reorder_point"], row["reorder_quantity"]) == ("4", "")
        assert row["on_hand"] == "7"

    def test_what_a_spreadsheet_would_run_is_escaped(self):
        make_product(sku="-1", name="=1+1", description="@sum")
        (row,) = rows(export())
        assert (row["sku"], row["name"]) == ("'-1", "'=1+1")
        assert row["description"] == "'@sum"

    def test_several_locations_have_a_column_each(self):
        back = make_location(code="BACK")
        receive(make_product(stock=3), 4, location=back)
        (row,) = rows(export())
        assert (row["on_hand:MAIN"], row["on_hand:BACK"]) == ("3", "4")

    def test_products_come_in_the_order_asked_for(self):
        for sku in ("b", "D", "a", "C", "e"):
            make_product(sku=sku)
        assert [row["sku"] for row in rows(export())] == ["a", "b", "C", "D", "e"]

    def test_queries_grow_with_batches_not_with_products(
        self, django_assert_num_queries
    ):
        for _ in range(20):
            make_product(stock=1)
        with django_assert_num_queries(5):
            export()
