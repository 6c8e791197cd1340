"""One bad stored value spoils its own cell, on the dashboard and on the product's page.

SQLite stores anything anywhere; the other databases refuse most of this themselves.
"""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from products.models import Product
from products.tests.factories import make_category, make_product

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value"),
]
UNKNOWN = '<span aria-hidden="true">–</span>'

values = pytest.mark.parametrize(
    ("column", "value"),
    [
        ("price", "NaN"),
        ("price", "dear"),
        ("price", float("inf")),
        ("cost", "dear"),
        ("weight", "heavy"),
        ("on_hand", "many"),
        ("reserved", "some"),
        ("in_transit", "few"),
        ("reorder_point", "soon"),
        ("reorder_quantity", "more"),
        ("status", "lost"),
        ("image", "../../etc/passwd"),
        ("image", "products/gone.webp"),
        ("created_at", "2026-99-99"),
        ("updated_at", "yesterday"),
    ],
)


@pytest.fixture
def spoilt() -> Product:
    return make_product(name="Spoilt", stock=3, category=make_category("Mugs"))


def spoil(product: Product, column: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(
            f"UPDATE products_product SET {column} = %s WHERE id = %s",
            [value, product.pk],
        )
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


@values
def test_dashboard(
    as_admin: Client, spoilt: Product, column: str, value: object
) -> None:
    make_product(name="Sound", price=Decimal("7.70"))
    spoil(spoilt, column, value)
    page = html(as_admin, reverse("products:dashboard"))
    assert "Spoilt" in page
    assert "Sound" in page
    assert "€7.70" in page


@values
def test_product_page(
    as_admin: Client, spoilt: Product, column: str, value: object
) -> None:
    spoil(spoilt, column, value)
    page = html(as_admin, reverse("products:product_detail", args=[spoilt.pk]))
    assert "Spoilt" in page


def test_no_number_is_shown_as_unknown(as_regular: Client, spoilt: Product) -> None:
    spoil(spoilt, "price", "NaN")
    page = html(as_regular, reverse("products:dashboard"))
    assert f'<td role="cell" class="num c-price">{UNKNOWN}' in page


def test_a_category_that_is_gone(as_regular: Client, spoilt: Product) -> None:
    with connection.constraint_checks_disabled():
        spoil(spoilt, "category_id", 4711)
        page = html(as_regular, reverse("products:dashboard"))
        assert "Spoilt" in page
        assert '<td role="cell" class="wide-only mid-only sub">–</td>' in page
        html(as_regular, reverse("products:product_detail", args=[spoilt.pk]))
        spoil(spoilt, "category_id", None)
