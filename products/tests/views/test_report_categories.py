"""Stock by category: /reports/categories, and the part of it on the dashboard."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Category, Location
from products.reports import adding_up
from products.services.archiving import archive_products
from products.tests.factories import (
    by,
    make_category,
    make_location,
    make_product,
    receive,
)

pytestmark = pytest.mark.django_db

URL = "/reports/categories"


def rows(client: Client, query: str = "") -> list[tuple[Any, ...]]:
    shown = client.get(f"{URL}{query}").context["rows"]
    return [(row.name, row.skus, row.units, row.value, bar) for row, bar in shown]


@pytest.fixture
def kitchen() -> Category:
    """16 units of 20.00 in the kitchen, 30 of 3.00 that are in no category."""
    kitchen = make_category("Kitchen")
    mugs = make_category("Mugs", make_category("Tableware", kitchen))
    make_product(stock=10, cost=Decimal("1.50"), category=mugs)
    make_product(stock=6, cost=Decimal("0.8333"), category=kitchen)
    make_product(stock=30, cost=Decimal("0.10"))
    make_product(category=make_category("Empty"))
    return kitchen


def test_what_is_inside_counts_for_the_root(
    as_admin: Client, kitchen: Category
) -> None:
    assert rows(as_admin) == [
        ("Kitchen", 2, 16, Decimal("19.9998"), "100.0"),
        ("", 1, 30, Decimal(3), "15.0"),
    ]
    page = as_admin.get(URL).content.decode()
    assert f'href="/dashboard?category={kitchen.pk}">Kitchen<' in page
    assert "No category" in page


def test_by_units(as_admin: Client, kitchen: Category) -> None:
    assert [row[:3:2] for row in rows(as_admin, "?by=units")] == [
        ("", 30),
        ("Kitchen", 16),
    ]


def test_the_sums_are_those_of_the_dashboard(
    as_admin: Client, kitchen: Category
) -> None:
    lost = make_product(stock=7, category=kitchen, cost=Decimal(9))
    archive_products(product_ids=[lost.pk], circumstances=by())
    lorry = make_location("ROAD", "On the road", kind=Location.Kind.TRANSIT)
    receive(make_product(category=kitchen), 7, cost="3", location=lorry)
    sums = as_admin.get(URL).context
    figures = as_admin.get("/dashboard").context["figures"]
    assert (sums["units"], sums["value"]) == (figures.units, figures.value)
    assert sums["skus"] == figures.stocked


def test_a_product_at_two_places_is_one(as_admin: Client, kitchen: Category) -> None:
    product = make_product(stock=1, category=kitchen)
    receive(product, 2, location=make_location())
    assert rows(as_admin)[0][1:3] == (3, 19)


def test_without_cost_it_is_by_units(as_clerk: Client, kitchen: Category) -> None:
    assert rows(as_clerk) == [
        ("", 1, 30, None, "100.0"),
        ("Kitchen", 2, 16, None, "53.3"),
    ]
    page = as_clerk.get(URL).content.decode()
    assert "Value" not in page
    assert "?by=units" not in page


def test_without_cost_no_value_is_read(
    as_clerk: Client,
    kitchen: Category,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(12) as queries:
        as_clerk.get(URL)
    asked = [each["sql"] for each in queries.captured_queries]
    assert not any("value" in sql for sql in asked if "stocklevel" in sql)


def test_an_empty_shop_says_so(as_admin: Client) -> None:
    assert "Nothing is in stock" in as_admin.get(URL).content.decode()


class TestOnTheDashboard:
    def test_it_is_fetched_once_it_is_seen(
        self, as_regular: Client, kitchen: Category
    ) -> None:
        page = as_regular.get("/dashboard").content.decode()
        assert 'hx-trigger="revealed" hx-select="#by-category"' in page
        assert "/reports/categories?few=1&amp;sums=1" in page
        part = as_regular.get("/dashboard", headers={"HX-Request": "true"})
        assert "by-category" not in part.content.decode()

    def test_an_empty_shop_has_none(self, as_admin: Client) -> None:
        assert "by-category" not in as_admin.get("/dashboard").content.decode()

    def test_the_largest_and_the_others(self, as_admin: Client) -> None:
        for number in range(8):
            category = make_category(f"C{number}")
            make_product(stock=number + 1, cost=Decimal(1), category=category)
        found = rows(as_admin, "?few=1&sums=1")
        assert [row[0] for row in found] == ["C7", "C6", "C5", "C4", "C3", ""]
        assert found[-1][1:4] == (3, 6, Decimal(6))
        page = as_admin.get(f"{URL}?few=1&sums=1").content.decode()
        assert "3 others" in page


def test_in_a_large_catalogue_it_is_added_up_behind_the_page(
    as_admin: Client, kitchen: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(adding_up, "QUICK", 1)
    page = as_admin.get(URL).content.decode()
    assert "The whole catalogue is being added up." in page
    assert "Kitchen" not in page
    assert rows(as_admin, "?sums=1")
    assert "Added up at" in as_admin.get(URL).content.decode()
    cache.clear()
