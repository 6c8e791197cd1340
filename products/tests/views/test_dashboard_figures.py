"""The figures on the dashboard: of when they are, and who sees what of them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from products.models import Product, ShopFigures
from products.reports.figures import counting, refresh_figures
from products.tests.factories import adjust, make_product, receive

pytestmark = pytest.mark.django_db

URL = "/dashboard"
COSTS = ("without_cost", '"value"', "`value`")


@pytest.fixture
def large_shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Product]:
    cache.clear()
    monkeypatch.setattr(counting, "LARGE", 1)
    product = make_product()
    receive(product, 11, cost="7")
    refresh_figures()
    yield product
    cache.clear()


def html(client: Client) -> str:
    return client.get(URL).content.decode()


def figure(page: str, label: str) -> str:
    """Return the number below a label, as it is written."""
    after = page.partition(f"{label}</span>")[2].partition("stat-value")[2]
    return after.partition(">")[2].partition("<")[0]


def test_a_small_shop_needs_no_time(as_admin: Client) -> None:
    product = make_product(stock=3)
    assert figure(html(as_admin), "Units on hand") == "3"
    adjust(product, 4)
    page = html(as_admin)
    assert figure(page, "Units on hand") == "7"
    assert "as of" not in page


def test_a_large_one_says_of_when_they_are(
    as_admin: Client, large_shop: Product
) -> None:
    moment = timezone.localtime(ShopFigures.objects.get().as_of)
    adjust(large_shop, 4)
    page = html(as_admin)
    assert figure(page, "Units on hand") == "11"
    assert '<span class="qty">15</span>' in page
    assert f"as of {moment:%H:%M}. The products below are of this moment." in page


def test_another_day_is_named(as_admin: Client, large_shop: Product) -> None:
    moment = timezone.localtime(datetime(2025, 3, 9, 12, 5, tzinfo=UTC))
    ShopFigures.objects.update(as_of=moment)
    cache.add("products.figures.claim.all", 1)  # somebody counts meanwhile
    assert f"as of 9 March 2025, {moment:%H:%M}." in html(as_admin)


def test_value_is_for_those_who_may_see_costs(
    as_admin: Client, large_shop: Product
) -> None:
    assert figure(html(as_admin), "Stock value").endswith("77")


def test_others_neither_see_it_nor_is_it_read(
    as_regular: Client, large_shop: Product
) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = html(as_regular)
    assert "Stock value" not in page
    (asked,) = [one["sql"] for one in queries if "shopfigures" in one["sql"]]
    assert not [column for column in COSTS if column in asked]


def test_the_shop_costs_one_query_however_much_is_in_it(
    as_admin: Client, large_shop: Product
) -> None:
    html(as_admin)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            html(as_admin)
        counts.append(len([q for q in queries if "shopfigures" in q["sql"]]))
        for _number in range(5):
            make_product(stock=1)
        refresh_figures()
    assert counts == [1, 1]
