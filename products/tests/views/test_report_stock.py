"""products:report_stock."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from products.reports import stock_pages
from products.services.deleting import delete_product
from products.tests.factories import by, make_location, make_product, receive

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:report_stock")


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def before(days: float):
    return by(now=timezone.now() - timedelta(days=days))


def shown(client, **address) -> dict[str, int]:
    rows = client.get(ADDRESS, address).context["rows"]
    return {line.sku: line.quantity for line, _category, _location in rows}


@pytest.fixture
def shop(client, admin):
    client.force_login(admin)
    mug = make_product(
        sku="MUG", name="Mug", stock=5, cost=Decimal(2), circumstances=before(9)
    )
    make_product(sku="BOWL", stock=1_200, circumstances=before(3))
    return mug


class TestMoment:
    def test_now_unless_a_day_is_named(self, client, shop):
        response = client.get(ADDRESS)
        assert "<h2" in response.text
        assert response.context["is_now"]
        assert shown(client) == {"BOWL": 1200, "MUG": 5}

    def test_day_means_its_end(self, client, shop):
        assert shown(client, at=days_ago(3)) == {"BOWL": 1200, "MUG": 5}
        assert shown(client, at=days_ago(4)) == {"MUG": 5}
        assert shown(client, at=days_ago(10)) == {}
        assert "At the end of" in client.get(ADDRESS, {"at": days_ago(4)}).text

    @pytest.mark.parametrize("address", [{"at": "T00:00"}, {"time": "00:00"}])
    def test_day_and_time(self, client, shop, address):
        at = days_ago(3) + address.get("at", "")
        assert shown(client, at=at, time=address.get("time", "")) == {"MUG": 5}

    @pytest.mark.parametrize(
        "at",
        ["soon", "2026-04-31", "2999-01-01", "0001-01-01", "\x00", "9" * 5000, "1969"],
    )
    def test_day_that_makes_no_sense_is_refused(self, client, shop, at):
        response = client.get(ADDRESS, {"at": at})
        assert response.status_code == 200
        assert response.context["form"].errors["at"]
        assert "rows" not in response.context

    def test_time_that_makes_no_sense(self, client, shop):
        form = client.get(ADDRESS, {"at": days_ago(1), "time": "25:99"}).context["form"]
        assert form.errors["at"]


class TestFigures:
    def test_whole_catalogue(self, client, shop):
        overall = client.get(ADDRESS).context["totals"].overall
        assert (overall.skus, overall.units) == (2, 1205)
        assert (overall.value, overall.without_cost) == (10, 1)

    def test_numbers_are_written_as_people_read_them(self, client, shop):
        text = client.get(ADDRESS).text
        assert "1,205" in text
        assert "€10.00" in text

    def test_who_sees_no_cost_sees_no_value(self, client, shop, clerk):
        client.force_login(clerk)
        text = client.get(ADDRESS).text
        assert "1,205" in text
        assert "€" not in text
        assert "cost" not in text.lower().partition("<main")[2]


class TestList:
    def test_deleted_product_is_named_without_a_link(self, client, shop):
        delete_product(product_id=shop.pk, circumstances=before(1))
        text = client.get(ADDRESS, {"at": days_ago(2)}).text
        assert "deleted since" in text
        assert reverse("products:product_detail", args=[shop.pk]) not in text
        assert shown(client) == {"BOWL": 1200}

    def test_search(self, client, shop):
        assert shown(client, find="mug") == {"MUG": 5}
        assert shown(client, find="mu\x00g") == {}
        assert "fits this search" in client.get(ADDRESS, {"find": "xyz"}).text

    def test_location_is_named_where_there_are_several(self, client, shop):
        assert "Location" not in client.get(ADDRESS).text
        receive(shop, 2, location=make_location())
        assert "Back room" in client.get(ADDRESS).text

    def test_pages_follow_each_other(self, client, shop, monkeypatch):
        monkeypatch.setattr(stock_pages, "PRODUCTS", 1)
        gone = [make_product(sku=sku, stock=1, circumstances=before(8)) for sku in "ab"]
        for product in gone:
            delete_product(product_id=product.pk, circumstances=before(1))
        seen, address = [], f"?at={days_ago(2)}"
        while address:
            response = client.get(ADDRESS + address)
            seen += [line.sku for line, *_names in response.context["rows"]]
            address = response.context["next_url"]
        assert seen == ["BOWL", "MUG", "a", "b"]
        assert response.context["totals"] is None  # they stand on the first page

    @pytest.mark.parametrize("edge", ["after=\x00", "gone=99999999999", "gone=x"])
    def test_edge_that_makes_no_sense(self, client, shop, edge):
        assert client.get(f"{ADDRESS}?{edge}").status_code == 200

    def test_empty_shop(self, client, admin):
        client.force_login(admin)
        assert "Nothing was in stock" in client.get(ADDRESS).text

    def test_queries_do_not_grow(self, client, shop, django_assert_max_num_queries):
        for _ in range(20):
            product = make_product(stock=1, circumstances=before(2))
            delete_product(product_id=product.pk, circumstances=before(0.5))
        client.get(ADDRESS)
        with django_assert_max_num_queries(26):
            client.get(ADDRESS, {"at": days_ago(1)})
