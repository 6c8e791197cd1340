"""The facts of real tables of no known kind, where their folder stands beside.

`expected.json` counts by the rules of the files, before our decisions: what differs is
adjusted here in the open, see docs/import-format.md.
"""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

import pytest
from django.db.models import Sum

from products.importing.guessing import guess, sample_columns
from products.importing.registry import KNOWN_HEADERS
from products.models import Operation, Product
from products.services.catalogue import add_products_in_bulk
from products.services.operations import Circumstances, start_operation
from products.tabular.reading import open_table
from products.tests.acceptance.files import (
    TESS,
    content,
    expected,
    figures,
    import_file,
    needs_files,
)

pytestmark = [pytest.mark.django_db, needs_files]

CATALOGUES = {
    "northwind/products.csv": {
        "productID": "sku",
        "productName": "name",
        "unitPrice": "price",
        "unitsInStock": "on_hand",
        "reorderLevel": "reorder_point",
    },
    "csv_bagisto/products.csv": {
        "sku": "sku",
        "categories": "category",
        "name": "name",
        "description": "description",
        "price": "price",
        "cost": "cost",
        "inventories": "on_hand_list",
    },
}
CATALOGUES["xlsx_bagisto/products.xlsx"] = CATALOGUES["csv_bagisto/products.csv"]
"""What the columns of each file are taken for, unseen."""


def guessed(name: str) -> dict[str, str]:
    stream = BytesIO(content(name))
    table = open_table(stream, known=KNOWN_HEADERS, max_bytes=10_000_000)
    columns = sample_columns(table.header, table.records())
    guess(columns, by_content=True)
    return {column.title: column.name for column in columns if column.name}


def add_products(skus: Mapping[str, str]) -> None:
    """Add products without stock: SKU -> name."""
    circumstances = Circumstances(TESS)
    operation, _is_new = start_operation(Operation.Kind.IMPORTED, circumstances)
    add_products_in_bulk(
        operation=operation,
        products=[Product(sku=sku, name=name) for sku, name in skus.items()],
        openings={},
        circumstances=circumstances,
    )


@pytest.mark.parametrize(("name", "columns"), CATALOGUES.items())
def test_the_columns_are_guessed(name, columns):
    assert guessed(name) == columns


def test_the_columns_of_a_stock_file_are_guessed():
    assert guessed("sunrise_inventory/inventory.csv") == {
        "sku": "sku",
        "quantityOnStock": "on_hand",
    }


def test_northwind_comes_out():
    facts = expected("northwind/products.csv")
    run = import_file("northwind/products.csv", format_code="table").run
    assert run.format == "table"
    assert run.size == facts["bytes"]
    assert run.created_count == Product.objects.count() == facts["data_records"]
    assert run.refused_count == facts["records_refused_surplus_cells_not_blank"] == 0
    sums = Product.objects.aggregate(
        price=Sum("price"), stock=Sum("on_hand"), level=Sum("reorder_point")
    )
    assert sums == {
        "price": Decimal(facts["sums"]["unitPrice"]["sum"]),
        "stock": int(facts["sums"]["unitsInStock"]["sum"]),
        "level": int(facts["sums"]["reorderLevel"]["sum"]),
    }


@pytest.mark.parametrize(
    "name", ["csv_bagisto/products.csv", "xlsx_bagisto/products.xlsx"]
)
def test_bagisto_comes_out_with_its_lists_of_stock(name):
    """`inventories` says “default=100”: the location “default” is made.

    Types other than simple are products like any other here; they have no stock.
    """
    facts = expected(name)
    run = import_file(name, format_code="table").run
    assert run.format == "table"
    assert run.created_count == Product.objects.count() == facts["data_records"]
    assert run.refused_count == 0
    prices = facts["sums"]["price"]
    sums = Product.objects.aggregate(price=Sum("price"), stock=Sum("on_hand"))
    assert sums["price"] == Decimal(prices["sum"])
    assert Product.objects.filter(price=None).count() == prices["blank"]
    assert Product.objects.exclude(cost=None).count() == 0
    assert sums["stock"] == facts["inventory_sum"]
    assert run.report["locations"] == {"count": 1, "names": ["default"]}


def test_the_csv_and_the_workbook_of_bagisto_are_one_catalogue():
    import_file("csv_bagisto/products.csv", format_code="table")
    again = import_file("xlsx_bagisto/products.xlsx", format_code="table").run
    assert (again.created_count, again.changed_count) == (0, 0)
    assert again.unchanged_count == Product.objects.count()


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_dry_run_says_what_the_real_one_does(name):
    dry = import_file(name, format_code="table", is_dry_run=True)
    assert not Product.objects.exists()
    assert figures(dry) == figures(import_file(name, format_code="table"))


@pytest.mark.parametrize("sets_stock", [False, True])
@pytest.mark.parametrize("name", CATALOGUES)
def test_the_second_import_changes_nothing(name, sets_stock):
    first = import_file(name, format_code="table").run
    second = import_file(name, format_code="table", sets_stock=sets_stock).run
    assert (second.created_count, second.changed_count) == (0, 0)
    assert second.unchanged_count == first.created_count
    assert second.operation is None


def test_a_stock_file_sets_the_stock_of_what_is_there():
    name = "sunrise_inventory/inventory.csv"
    facts = expected(name)
    skus = [line.split(b",")[0].decode() for line in content(name).splitlines()[1:]]
    add_products({sku: f"Product {sku}" for sku in skus[:-3]})

    run = import_file(name, format_code="table", sets_stock=True).run

    # Those whose stock is 0 already have nothing to change; three are unknown here.
    missing = sum(int(line.split(b",")[1]) for line in content(name).splitlines()[-3:])
    assert run.record_count == facts["data_records"] == len(skus)
    assert run.refused_count == 3
    assert run.changed_count + run.unchanged_count == len(skus) - 3
    stock = Product.objects.aggregate(stock=Sum("on_hand"))["stock"]
    assert stock == int(facts["sums"]["quantityOnStock"]["sum"]) - missing
    again = import_file(name, format_code="table", sets_stock=True).run
    assert (again.changed_count, again.operation) == (0, None)


def test_the_big_catalogue_comes_out():
    """Our own columns, so our own format reads it.

    Of the 60 pairs of SKUs that differ in case only, one begins with a record that is
    refused for its blank name, so the second of that pair is taken.
    """
    name = "big_catalogue/big_catalogue.csv.gz"
    facts = expected(name)

    outcome = import_file(name)

    reasons = [each.reason for each in outcome.findings.refused]
    same = sum(reason.startswith("The same SKU") for reason in reasons)
    blank = reasons.count("A product needs a name.")
    run = outcome.run
    assert run.format == "native"
    assert run.record_count == facts["records"]
    assert blank == facts["blank_names"]
    assert same == facts["skus_equal_when_case_is_ignored"] - 1
    assert len(reasons) == same + blank == run.refused_count
    assert (
        run.created_count == Product.objects.count() == facts["records"] - len(reasons)
    )
    again = import_file(name).run
    assert (again.created_count, again.changed_count, again.operation) == (0, 0, None)
    assert again.refused_count == run.refused_count
