"""/reports/reorder/export"""

import csv
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from django.urls import reverse

from products.models import Product
from products.tests.factories import make_location, make_product
from products.tests.transfers import sent

pytestmark = pytest.mark.django_db

URL = reverse("products:reorder_export")


def low(**fields: Any) -> Product:
    return make_product(**{"reorder_point": 5, "stock": 3} | fields)


def rows(client: Client, **query: object) -> list[list[str]]:
    response = client.get(URL, query)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_of_one_supplier(as_regular: Client) -> None:
    low(
        sku="MUG",
        name="Blå kop",
        option1="M",
        barcode="X1",
        supplier_name="Keramik ApS",
        reorder_quantity=12,
    )
    low(supplier_name="Other")
    assert rows(as_regular, by="=Keramik ApS") == [
        ["SKU", "Barcode", "Name", "Options", "Quantity"],
        ["MUG", "X1", "Blå kop", "M", "12"],
    ]
    response = as_regular.get(URL, {"by": "=Keramik ApS"})
    assert 'filename="reorder-keramik-aps-' in response["Content-Disposition"]


def test_of_all_names_the_suppliers(as_regular: Client) -> None:
    low(supplier_name="B")
    low(supplier_name="A")
    assert [row[0] for row in rows(as_regular)] == ["Supplier", "A", "B"]


def test_no_formula_runs(as_regular: Client) -> None:
    low(sku="=1+1", name="@SUM(A1)", supplier_name="-x")
    row = rows(as_regular)[1]
    assert row[:2] == ["'-x", "'=1+1"]
    assert row[3] == "'@SUM(A1)"


def test_cost_for_those_who_may_see_it(
    client: Client, admin: AbstractBaseUser, clerk: AbstractBaseUser
) -> None:
    low(cost=Decimal("7.50"))
    client.force_login(clerk)
    assert "Unit cost" not in rows(client)[0]
    client.force_login(admin)
    assert rows(client)[1][-1] == "7.5"


def test_where_to_with_several_locations(as_regular: Client) -> None:
    low()
    assert "Deliver to" not in rows(as_regular)[0]
    make_location()
    assert "Deliver to" in rows(as_regular)[0]


def test_what_is_on_the_way_is_not_ordered_again(as_regular: Client) -> None:
    sent((make_product(stock=20, reorder_point=5, reorder_quantity=2), 16))
    assert len(rows(as_regular)) == 1


def test_search_goes_along(as_regular: Client) -> None:
    low(sku="MUG", name="Blue mug")
    low(sku="BOWL", name="Red bowl")
    assert [row[1] for row in rows(as_regular, find="blue")] == ["SKU", "MUG"]


@pytest.mark.parametrize("supplier", ["=Nobody", "x", "\0", "-"])
def test_a_supplier_that_is_not_on_the_list(as_regular: Client, supplier: str) -> None:
    low(supplier_name="Keramik")
    assert as_regular.get(URL, {"by": supplier}).status_code == 404
