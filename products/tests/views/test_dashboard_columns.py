"""The columns of the list: each shows what it says, and costs whoever chose it."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Brand, Product, StockLevel
from products.reports.list_columns import LABELS, USUAL, are_many
from products.services.reservations import Wanted, hold_stock
from products.services.saved_views import choose_columns
from products.tests.factories import by, make_category, make_location, make_product
from products.tests.views.saving import LIST, save, user_of

pytestmark = pytest.mark.django_db

ALL = tuple(LABELS)


def choose(client: Client, *columns: str, view: int | None = None) -> None:
    choose_columns(user_id=user_of(client), view_id=view, columns=columns)


def cells(client: Client, address: str = LIST) -> dict[str, str]:
    """The further cells of the only row, by their labels."""
    page = client.get(address).content.decode()
    found = re.findall(r'data-label="([^"]+)">(.*?)</td>', page)
    return {label: re.sub("<.*?>", "", text) for label, text in found}


@pytest.fixture
def mug() -> Product:
    product = make_product(
        name="Blue mug",
        stock=1234,
        price=Decimal("14.90"),
        cost=Decimal("4.5"),
        brand=Brand.objects.create(name="Linden & Loom"),
        category=make_category("Mugs"),
        supplier_name="Hafenkontor",
        barcode="4006381333931",
        reorder_point=20,
    )
    StockLevel.objects.update(shelf="B-04")
    hold_stock(wanted=[Wanted(product.pk, 34)], circumstances=by())
    return product


def test_every_column_shows_what_it_says(as_admin: Client, mug: Product) -> None:
    choose(as_admin, *ALL)
    day = f"{mug.updated_at:%-d %b %Y}"
    assert cells(as_admin) == {
        "Brand": "Linden &amp; Loom",
        "Supplier": "Hafenkontor",
        "Barcode": "4006381333931",
        "Shelf": "B-04",
        "Cost": "€4.50",
        "On hand": "1,234",
        "Held": "34",
        "In transit": "0",
        "Reorder point": "20",
        "Changed": day,
    }
    page = as_admin.get(LIST).content.decode()
    assert "has-many" in page
    # What has a column of its own isn't said a second time.
    assert "34 held" not in page
    assert "· B-04" not in page


def test_what_there_is_not(as_admin: Client) -> None:
    make_product(name="Bare", cost=None)
    choose(as_admin, *ALL)
    shown = cells(as_admin)
    assert {shown[name] for name in ("Brand", "Supplier", "Barcode", "Shelf")} == {"–"}
    assert shown["Cost"] == shown["Reorder point"] == "–unknown"
    assert shown["On hand"] == "0"


def test_the_usual_ones_unless_chosen(as_admin: Client, mug: Product) -> None:
    page = as_admin.get(LIST)
    assert page.context["columns"] == USUAL
    assert cells(as_admin) == {}
    assert "card-only" not in page.content.decode()
    assert "34 held" in page.content.decode()


def test_what_is_not_chosen_stays_on_a_phones_card(
    as_admin: Client, mug: Product
) -> None:
    choose(as_admin, "available")
    page = as_admin.get(LIST).content.decode()
    assert 'class="num c-price card-only">€14.90' in page
    assert 'class="c-status card-only"' in page
    assert "Mugs</td>" not in page


def test_a_view_has_its_own_or_those_of_all_products(
    as_admin: Client, mug: Product
) -> None:
    own, other = save(as_admin, "Own"), save(as_admin, "Other")
    choose(as_admin, "brand")
    choose(as_admin, "supplier", view=own.pk)
    assert list(cells(as_admin)) == ["Brand"]
    assert list(cells(as_admin, f"{LIST}?view={other.pk}")) == ["Brand"]
    assert list(cells(as_admin, f"{LIST}?view={own.pk}")) == ["Supplier"]


def test_costs_are_shown_to_who_may_see_them(as_clerk: Client, mug: Product) -> None:
    choose(as_clerk, "cost", "brand", "available")
    assert list(cells(as_clerk)) == ["Brand"]
    assert 'value="cost"' not in as_clerk.get(LIST).content.decode()


def test_with_several_places_the_shelf_of_the_chosen_one(
    as_admin: Client, mug: Product
) -> None:
    home = StockLevel.objects.get().location
    make_location()
    choose(as_admin, "shelf")
    assert cells(as_admin) == {"Shelf": "–"}
    assert cells(as_admin, f"{LIST}?location={home.pk}") == {"Shelf": "B-04"}


@pytest.mark.parametrize("stored", ["nonsense", ",,", "brand,,x", "  "])
def test_what_is_stored_and_makes_no_sense_is_left_out(
    as_admin: Client, mug: Product, stored: str
) -> None:
    choose(as_admin, stored)
    expected = ["Brand"] if "brand" in stored else []
    assert list(cells(as_admin)) == expected


def queries(client: Client, count: DjangoAssertNumQueries) -> list[Any]:
    with count(99) as asked:
        client.get(LIST)
    return [query["sql"] for query in asked]


def test_no_query_more_and_no_column_that_is_not_shown(
    as_admin: Client, mug: Product, django_assert_max_num_queries: Any
) -> None:
    as_admin.get(LIST)
    usual = queries(as_admin, django_assert_max_num_queries)
    choose(as_admin, "brand", "cost")
    asked = queries(as_admin, django_assert_max_num_queries)
    assert len(asked) == len(usual)
    assert not [sql for sql in usual if "supplier_name" in sql]
    assert not [sql for sql in asked if "supplier_name" in sql]
    of_rows = [sql for sql in asked if "products_brand" in sql and "JOIN" in sql]
    assert len(of_rows) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value")
@pytest.mark.parametrize(
    ("column", "label", "shown"),
    [
        ("cost", "Cost", "–unknown"),
        ("on_hand", "On hand", "–unknown"),
        ("updated_at", "Changed", "–"),
    ],
)
def test_a_spoilt_value_spoils_its_cell(
    as_admin: Client, mug: Product, column: str, label: str, shown: str
) -> None:
    choose(as_admin, *ALL)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE products_product SET {column} = '2026-99-99 x'")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    found = cells(as_admin, f"{LIST}?sort=sku")
    assert found[label] == shown
    assert found["Supplier"] == "Hafenkontor"


def test_the_usual_ones_fit_a_screen() -> None:
    assert not are_many(USUAL)
    assert not are_many((*USUAL, "cost"))
    assert are_many(ALL)
