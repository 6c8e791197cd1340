"""The last 30 days: /reports/days, a chart and the table of its numbers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from products.models import Product
from products.tests.factories import adjust, by, make_product, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]

URL = "/reports/days"
CELL = r'data-of="{}" data-value="([^"]*)"'


@pytest.fixture
def product() -> Product:
    """Ten units of 2.50 for three days; six since yesterday; five now."""
    now = timezone.now()
    made = make_product(circumstances=by(now=now - timedelta(days=3)))
    receive(made, 10, cost="2.50", circumstances=by(now=now - timedelta(days=3)))
    adjust(made, -4, now=now - timedelta(days=1))
    adjust(made, -1)
    return made


def html(client: Client, query: str = "") -> str:
    return client.get(f"{URL}{query}").content.decode()


def test_days_the_newest_first(as_admin: Client, product: Product) -> None:
    page = html(as_admin)
    assert re.findall(CELL.format("units"), page) == ["5", "6", "10", "10"]
    assert re.findall(CELL.format("value"), page)[1] == "15.0000"
    yesterday = timezone.localdate() - timedelta(days=1)
    assert f"/reports/stock?at={yesterday:%Y-%m-%d}" in page


@pytest.mark.parametrize("figure", ["units", "value", "skus", "low", "out"])
def test_the_chart_draws_what_its_table_says(
    as_admin: Client, product: Product, figure: str
) -> None:
    answer = as_admin.get(f"{URL}?show={figure}")
    page = answer.content.decode()
    drawn = [str(number) for _at, number in answer.context["points"]]
    assert drawn[::-1] == re.findall(CELL.format(figure), page)
    assert 'data-live-chart="days"' in page
    assert f'data-chart-of="{figure}"' in page
    assert 'id="days"' in page


def test_the_value_is_for_those_who_may_see_it(
    as_regular: Client, product: Product
) -> None:
    page = html(as_regular, "?show=value")
    assert 'data-of="value"' not in page
    assert 'href="?show=value"' not in page
    assert 'data-chart-of="units"' in page


@pytest.mark.parametrize("query", ["?show=", "?show=nonsense", "?show=value&show=x"])
def test_nonsense_shows_the_units(
    as_admin: Client, product: Product, query: str
) -> None:
    assert 'data-chart-of="units"' in html(as_admin, query)


def test_a_shop_of_today_has_no_day_yet(as_admin: Client) -> None:
    make_product(stock=3)
    assert "No day is over yet" in html(as_admin)


def test_nor_has_a_shop_without_products(as_admin: Client, product: Product) -> None:
    assert "data-live-chart" in html(as_admin)  # and is kept
    product.delete()
    assert "No day is over yet" in html(as_admin)
