"""/reports/reorder"""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Product
from products.tests.factories import make_location, make_product
from products.views import reorder_list

pytestmark = pytest.mark.django_db

URL = reverse("products:reorder_list")


def low(**fields: Any) -> Product:
    return make_product(**{"reorder_point": 5, "stock": 3} | fields)


def html(client: Client, **query: object) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_under_each_supplier_with_its_file(as_regular: Client) -> None:
    low(name="Mug <b>", supplier_name="Keramik & Co", reorder_quantity=1_200)
    low(name="Rope", supplier_name="")
    page = html(as_regular)
    assert "Mug &lt;b&gt;" in page
    assert "1,200" in page
    assert page.index("Keramik &amp; Co</h2>") < page.index("No supplier</h2>")
    assert "by=%3DKeramik+%26+Co" in page


def test_nothing_to_order(as_regular: Client) -> None:
    make_product(stock=50, reorder_point=5)
    page = html(as_regular)
    assert "Nothing needs ordering" in page
    assert "list-search" not in page


def test_cost_for_those_who_may_see_it(
    client: Client, admin: AbstractBaseUser, clerk: AbstractBaseUser
) -> None:
    low(cost=Decimal("777.77"), reorder_quantity=10)
    client.force_login(clerk)
    assert "777.77" not in html(client)
    client.force_login(admin)
    page = html(client)
    assert "777.77" in page
    assert "77.70" in page


def test_location_only_where_there_are_several(as_regular: Client) -> None:
    low()
    assert "All locations" not in html(as_regular)
    make_location()
    assert "All locations" in html(as_regular)


class TestNarrowing:
    def test_supplier(self, as_regular: Client) -> None:
        low(name="Mug", supplier_name="Keramik")
        low(name="Rope", supplier_name="")
        page = html(as_regular, by="=Keramik")
        assert "Mug" in page
        assert "Rope" not in page
        page = html(as_regular, by="-")
        assert "Rope" in page
        assert ">Mug<" not in page

    def test_a_supplier_with_a_strange_name(self, as_regular: Client) -> None:
        for name in ("-", "=", "=x"):
            low(name=f"Mug {name}", supplier_name=name)
            assert f"Mug {name}<" in html(as_regular, by=f"={name}")

    def test_search(self, as_regular: Client) -> None:
        low(name="Blue mug")
        low(name="Red bowl")
        page = html(as_regular, find="blue")
        assert "Blue mug" in page
        assert "Red bowl" not in page

    def test_nothing_matches(self, as_regular: Client) -> None:
        low()
        page = html(as_regular, find="teapot")
        assert "Nothing to order matches" in page
        assert "Clear filters" in page

    @pytest.mark.parametrize("name", ["by", "page", "find"])
    @pytest.mark.parametrize("value", ["x\0", "\0", "9" * 40])
    def test_nonsense(self, as_regular: Client, name: str, value: str) -> None:
        low(name="Mug")
        html(as_regular, **{name: value})


def test_pages(as_regular: Client) -> None:
    for number in range(52):
        low(name=f"Mug {number:02}", supplier_name="Keramik")
    first = html(as_regular)
    assert "1–50 of 52" in first
    assert "364 units" in first  # of the supplier, not of the page
    assert "Mug 51" in html(as_regular, page=2)


def test_queries(
    as_regular: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    low()
    with django_assert_max_num_queries(8):
        html(as_regular)
    for number in range(20):
        low(supplier_name=f"S{number}")
    with django_assert_max_num_queries(8):
        html(as_regular)


class TestVeryMany:
    """A page reads so many, what is out of stock before what is low."""

    @pytest.fixture(autouse=True)
    def two(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reorder_list.ReorderListView, "most", 2)
        low(name="Low", supplier_name="Keramik")
        low(name="Out", supplier_name="Rebslageriet", stock=0)
        low(name="Gone", supplier_name="Rebslageriet", stock=0)

    def test_the_most_urgent_and_that_there_are_more(self, as_regular: Client) -> None:
        page = html(as_regular)
        assert "Here are 2 of those to order" in page
        assert "Gone" in page
        assert "Out" in page
        assert "Keramik" not in page

    def test_another_supplier_is_looked_for(self, as_regular: Client) -> None:
        page = html(as_regular, by="=Keramik")
        assert "Low" in page
        assert "Gone" not in page

    def test_search_leads_to_the_rest(self, as_regular: Client) -> None:
        page = html(as_regular, find="low")
        assert "Low" in page
        assert "Here are" not in page

    def test_file_has_them_all(self, as_regular: Client) -> None:
        response = as_regular.get(reverse("products:reorder_export"))
        lines = b"".join(response.streaming_content).decode().splitlines()
        assert len(lines) == 1 + 3
