"""The forms of a product with a value in its row that nobody can read.

SQLite stores anything anywhere; the other databases refuse it themselves.
"""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from products.models import Product
from products.tests.factories import make_product

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value"),
]
PAGES = [
    "product_edit",
    "product_delete",
    "product_archive",
    "product_variants",
    "stock_adjust",
]


@pytest.fixture
def damaged() -> Product:
    product = make_product(stock=3)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE products_product SET price = 'dear'")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    return product


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", PAGES)
def test_names_the_value_and_does_nothing(
    as_admin: Client, damaged: Product, name: str, method: str
) -> None:
    url = reverse(f"products:{name}", args=[damaged.pk])
    as_admin.raise_request_exception = False
    response = getattr(as_admin, method)(url)
    assert response.status_code == 409
    sentence = f"A stored value is damaged (product {damaged.pk}: price). Nothing was"
    assert sentence in response.text
    assert "dear" not in response.text
    assert damaged.movements.count() == 1
