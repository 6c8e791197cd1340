"""WooCommerce's product CSV: what its importer takes, and no change for ours."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from products.exporting import woocommerce
from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.models import Brand, Product, ProductGroup
from products.tests.factories import make_category, make_product
from products.tests.importing.files import counts, import_text

pytestmark = pytest.mark.django_db


def export(*, with_cost: bool = True, **filters) -> str:
    products = Product.objects.filter(**filters).order_by("sku_key")
    asked = ExportRequest(products, with_cost=with_cost)
    return b"".join(EXPORTS["woocommerce"].write(asked)).decode()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def comes_back_unchanged() -> bool:
    outcome = import_text(export(), sets_stock=True)
    assert outcome.run.format == "woocommerce"
    return counts(outcome) == (0, 0, Product.objects.count(), 0)


def make_tees(**fields) -> ProductGroup:
    group = ProductGroup.objects.create(
        name="T-shirt", handle="tee", option1_name="Size", option2_name="Colour"
    )
    for size in ("S", "M"):
        named = {name: values.pop(0) for name, values in fields.items()}
        make_product(sku=f"TEE-{size}", group=group, option1=size, **named)
    return group


def test_the_facts_of_a_simple_product():
    make_product(
        sku="MUG-1",
        name="Blue mug",
        description="Soft & warm\n\nTwo",
        price=Decimal("14.90"),
        cost=Decimal("6.5"),
        weight=350,
        barcode="4006381333931",
        category=make_category("Mugs, cups", make_category("2 > 1 & more")),
        brand=Brand.objects.create(name="Bølge"),
        tags="a, b",
        image_url="https://x.example/a,b.jpg",
        reorder_point=4,
        stock=7,
    )
    (row,) = rows(export())
    assert (row["Type"], row["SKU"], row["Published"]) == ("simple", "MUG-1", "1")
    assert row["GTIN, UPC, EAN, or ISBN"] == "4006381333931"
    assert row["Description"] == "<p>Soft &amp; warm</p><p>Two</p>"
    assert (row["Stock"], row["Low stock amount"]) == ("7", "4")
    assert (row["Weight (kg)"], row["Regular price"]) == ("0.35", "14.90")
    assert row["Cost of goods"] == "6.5"
    assert row["Categories"] == "2 &gt; 1 & more > Mugs\\, cups"
    assert (row["Brands"], row["Tags"]) == ("Bølge", "a, b")
    assert row["Images"] == "https://x.example/a\\,b.jpg"
    assert row["Attribute 1 name"] == row["Parent"] == ""
    assert comes_back_unchanged()


def test_without_the_permission_there_is_no_cost():
    make_product(cost=Decimal(5))
    assert "Cost of goods" not in export(with_cost=False)


def test_a_group_is_a_variable_product_before_its_variations():
    make_product(sku="A")
    make_tees()
    simple, parent, medium, small = rows(export())
    assert simple["Type"] == "simple"
    assert (parent["Type"], parent["SKU"], parent["Name"]) == (
        "variable",
        "tee",
        "T-shirt",
    )
    assert parent["Attribute 1 name"] == "Size"
    assert parent["Attribute 1 value(s)"] == "S, M"
    assert (parent["Stock"], parent["Regular price"]) == ("", "")
    assert (small["Type"], small["Parent"], small["SKU"]) == (
        "variation",
        "tee",
        "TEE-S",
    )
    assert (small["Attribute 1 name"], small["Attribute 1 value(s)"]) == ("Size", "S")
    assert (medium["Attribute 2 name"], medium["Attribute 2 value(s)"]) == (
        "Colour",
        "",
    )
    assert comes_back_unchanged()


def test_the_variable_product_has_the_values_of_variants_that_are_not_in_the_file():
    make_tees()
    parent, _small = rows(export(sku="TEE-S"))
    assert parent["Attribute 1 value(s)"] == "S, M"


def test_what_all_variants_share_stands_at_the_variable_product_only():
    make_tees(tags=["a", "a"], description=["Soft", "Softer"])
    parent, medium, small = rows(export())
    assert [parent["Tags"], medium["Tags"], small["Tags"]] == ["a", "", ""]
    assert parent["Description"] == small["Description"] == "<p>Soft</p>"
    assert medium["Description"] == "<p>Softer</p>"
    assert comes_back_unchanged()


def test_a_variation_without_a_value_gets_none_from_its_parent():
    make_tees(tags=["a", ""], category=[make_category(), None])
    parent, medium, small = rows(export())
    assert [parent["Tags"], medium["Tags"], small["Tags"]] == ["", "", "a"]
    assert comes_back_unchanged()


@pytest.mark.parametrize(
    ("statuses", "parent", "variations"),
    [
        (["active", "draft"], "1", ["-1", "1"]),
        (["draft", "archived"], "-1", ["", "-1"]),
        (["archived", "archived"], "", ["", ""]),
    ],
)
def test_published(statuses, parent, variations):
    make_tees(status=list(statuses))
    assert [row["Published"] for row in rows(export())] == [parent, *variations]
    assert comes_back_unchanged()


def test_options_without_a_name_get_one():
    group = ProductGroup.objects.create(name="Tee", handle="tee", option3_name="Size")
    make_product(group=group, option1="S", option3="Wide")
    parent, row = rows(export())
    names = [row[f"Attribute {number} name"] for number in (1, 2, 3)]
    assert names == ["Option 1", "Option 2", "Size"]
    assert parent["Attribute 2 value(s)"] == row["Attribute 2 value(s)"] == ""
    assert comes_back_unchanged()


def test_what_a_spreadsheet_would_run_is_escaped():
    make_product(sku="-1'", name="=1+1", tags="@a", description="'x")
    (row,) = rows(export())
    assert (row["SKU"], row["Name"], row["Tags"]) == ("'-1''", "'=1+1", "'@a")
    assert comes_back_unchanged()


def test_a_group_over_several_batches_has_one_variable_product(monkeypatch):
    batches = woocommerce.product_batches
    monkeypatch.setattr(
        woocommerce, "product_batches", lambda products: batches(products, size=1)
    )
    make_tees()
    make_product(sku="TEE-N")
    types = [row["Type"] for row in rows(export())]
    assert types == ["variable", "variation", "simple", "variation"]


def test_queries_grow_with_batches_not_with_products(django_assert_num_queries):
    for number in range(20):
        group = ProductGroup.objects.create(name="Tee", handle=f"tee-{number}")
        make_product(group=group, stock=1, brand=None)
    with django_assert_num_queries(4):
        export()
