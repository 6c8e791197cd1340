"""What is stored may be spoilt: no page of the site breaks by it.

On the dashboard and the product's own page each value is looked at one by one
(products/tests/views/test_spoilt_values.py). Here each page meets all rows spoilt.
"""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inventory_site.tests.permissions_table import ROWS, Row
from products.models import Product
from products.models.guards import drop_guards
from products.tests.factories import make_product

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value"),
]
NO_JSON = ["[1, 2]", '"text"', "{}", '{"name": 5, "price": "dear", "tags": 7}']
SPOILS = [
    ("products_product", ["price", "cost", "weight"], ["dear", "NaN"]),
    ("products_product", ["image", "image_url"], ["../../etc/passwd", "x" * 5_000]),
    ("products_product", ["status"], ["lost"]),
    ("products_product", ["reorder_point", "reorder_quantity"], ["soon"]),
    ("products_category", ["icon"], ['"><script>', ""]),
    ("products_productchange", ["before", "after"], NO_JSON),
    ("products_documentchange", ["before", "after"], NO_JSON),
    ("products_importrow", ["plan"], NO_JSON),
    ("products_importrow", ["outcome", "sku", "name"], ["unheard"]),
    ("products_importrun", ["format", "encoding"], ["unheard"]),
    ("products_operation", ["kind", "source"], ["unheard"]),
    ("products_stockmovement", ["kind"], ["unheard"]),
    ("products_stockmovement", ["unit_cost", "value_delta", "value_after"], ["dear"]),
    ("products_stocklevel", ["value"], ["dear"]),
    ("products_stocktake", ["state"], ["unheard"]),
    ("products_transfer", ["state"], ["unheard"]),
    ("products_hold", ["state"], ["unheard"]),
    ("products_savedview", ["columns"], ["%%%=&&sort=x"]),
]
# What these show is worked out from the numbers, or is that of one row alone.
BY_NUMBERS = {
    "products:operation_undo",
    "products:product_delete",
    "products:product_edit",
    "products:stocktake_apply",
    "products:stocktake_review",
}
PAGES = [
    row
    for row in ROWS
    if row.method == "GET"
    and row.admin == 200
    and row.name.startswith("products:")
    and row.name not in BY_NUMBERS
]


def columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        about = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in about}


def spoil(table: str, columns: list[str], value: str) -> None:
    values = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE {table} SET {values}", [value] * len(columns))
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


def statuses(client: Client, address: str) -> list[tuple[str, str, str]]:
    """Return what broke the page: table, value and error."""
    broken = []
    for table, columns, values in SPOILS:
        for value in values:
            mark = transaction.savepoint()
            spoil(table, columns, value)
            try:
                response = client.get(address)
                b"".join(response) if response.streaming else response.content
                if response.status_code >= 500:
                    broken.append((table, value, str(response.status_code)))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                broken.append((table, value, repr(error)))
            transaction.savepoint_rollback(mark)
    return broken


def test_each_column_is_one() -> None:
    """A renamed column would spoil nothing."""
    for table, columns, _values in SPOILS:
        assert set(columns) <= columns_of(table), table


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page(row: Row, client: Client, admin: User) -> None:
    address = reverse(row.name, kwargs=dict(row.given()))
    client.force_login(admin)
    drop_guards(connection)
    assert not statuses(client, address)


@pytest.mark.parametrize("name", ["change", "delete", "history"])
def test_product_in_the_admin(client: Client, admin: User, name: str) -> None:
    product = make_product(stock=3)
    client.force_login(admin)
    drop_guards(connection)
    address = reverse(f"admin:products_product_{name}", args=[product.pk])
    assert not statuses(client, address)
    assert Product.objects.filter(pk=product.pk).exists()
