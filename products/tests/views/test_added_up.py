"""Pages with sums over very many rows: the sums come behind the page, and are kept."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from products.reports import adding_up
from products.tests.factories import by, make_product, receive

pytestmark = pytest.mark.django_db

PAGES = ["report_stock", "report_months", "report_movements"]
SHOWN = {
    "report_stock": "totals",
    "report_months": "rows",
    "report_movements": "period",
}


@pytest.fixture
def product(client, admin):
    client.force_login(admin)
    cache.clear()
    before = by(now=timezone.now() - timedelta(days=1))
    return make_product(stock=5, circumstances=before)


@pytest.fixture
def is_large(monkeypatch):
    monkeypatch.setattr(adding_up, "QUICK", 0)


@pytest.mark.parametrize("page", PAGES)
def test_small_shop_has_them_at_once(client, product, page):
    response = client.get(reverse(f"products:{page}"))
    assert response.context[SHOWN[page]]
    assert response.context["added_up_at"] is None
    assert "hx-trigger" not in response.text.partition("<main")[2]


@pytest.mark.parametrize("page", PAGES)
def test_large_shop_asks_for_them_behind_the_page(client, product, is_large, page):
    address = reverse(f"products:{page}")
    response = client.get(address)
    assert not response.context.get(SHOWN[page])
    assert 'hx-get="?sums=1" hx-trigger="load"' in response.text
    response = client.get(address, {"sums": "1"})
    assert response.context[SHOWN[page]]
    assert "Added up at" in response.text


def test_kept_sums_are_shown_with_their_time(client, product, is_large):
    address = reverse("products:report_stock")
    client.get(address, {"sums": "1"})
    receive(product, 7)
    response = client.get(address)
    assert response.context["totals"].overall.units == 5
    assert "Added up at" in response.text
    cache.clear()  # a minute later
    assert client.get(address, {"sums": "1"}).context["totals"].overall.units == 12


def test_other_moments_have_their_own(client, product, is_large):
    address = reverse("products:report_stock")
    client.get(address, {"sums": "1"})
    then = (timezone.localdate() - timedelta(days=2)).isoformat()
    response = client.get(address, {"sums": "1", "at": then})
    assert response.context["totals"].overall.units == 0


def test_list_stands_there_without_them(client, product, is_large):
    response = client.get(reverse("products:report_stock"))
    assert [line.quantity for line, *_names in response.context["rows"]] == [5]
