"""The dashboard's pages: by key, there and back, and how many products there are."""

import time
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from products.models import Product
from products.reports import product_counts
from products.reports.figures import shop_figures
from products.services.deleting import delete_product
from products.tests.factories import by, make_product
from products.views import dashboard

pytestmark = pytest.mark.django_db

URL = reverse("products:dashboard")


class TestPages:
    @pytest.fixture(autouse=True)
    def shop(self) -> None:
        for number in range(60):
            make_product(sku=f"P-{number:02d}", price=None if number % 2 else 5)

    def test_there_and_back(self, as_regular: Client) -> None:
        first = as_regular.get(URL, {"sort": "sku"})
        assert "60 products" in first.content.decode()
        assert "Previous" in first.content.decode()
        second = as_regular.get(first.context["next_url"])
        third = as_regular.get(second.context["next_url"])
        shown = [shown_skus(page) for page in (first, second, third)]
        assert list(chain(*shown)) == [f"P-{number:02d}" for number in range(60)]
        assert third.context["next_url"] == ""
        back = as_regular.get(third.context["previous_url"])
        assert shown_skus(back) == shown[1]
        assert shown_skus(as_regular.get(back.context["previous_url"])) == shown[0]

    def test_a_deleted_row_does_no_harm(self, as_regular: Client) -> None:
        after = as_regular.get(URL, {"sort": "-price"}).context["next_url"]
        expected = shown_skus(as_regular.get(after))
        gone = Product.objects.get(pk=after.rpartition("~")[2])
        delete_product(product_id=gone.pk, circumstances=by())
        assert shown_skus(as_regular.get(after)) == expected

    def test_size(self, as_regular: Client) -> None:
        assert len(shown_skus(as_regular.get(URL, {"size": 50}))) == 50

    @pytest.mark.parametrize(
        "key", ["", "x", "~", "~x", "P-07", "\0~3", "~" + "9" * 30, "x" * 300 + "~1"]
    )
    @pytest.mark.parametrize("sort", ["", "sku", "price", "-available"])
    @pytest.mark.parametrize("side", ["before", "after"])
    def test_a_place_that_makes_no_sense_is_the_first_page(
        self, as_regular: Client, side: str, sort: str, key: str
    ) -> None:
        page = as_regular.get(URL, {"sort": sort, side: key})
        assert page.status_code == 200
        assert len(shown_skus(page)) == 25

    @pytest.mark.parametrize(
        "key", ["0001-01-01T00:00:00+14:00~5", "9999-12-31T23:59:59-12:00~5"]
    )
    def test_a_moment_that_is_none_in_utc_is_the_first_page(
        self, as_regular: Client, key: str
    ) -> None:
        page = as_regular.get(URL, {"after": key})
        assert len(shown_skus(page)) == 25

    def test_past_the_end_is_the_first_page(self, as_regular: Client) -> None:
        page = as_regular.get(URL, {"sort": "sku", "after": "ZZZ~99999"})
        assert shown_skus(page)[0] == "P-00"


class TestCount:
    @pytest.fixture(autouse=True)
    def shop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for _number in range(30):
            make_product(name="Mug")
        monkeypatch.setattr(product_counts, "MOST", 10)
        monkeypatch.setattr(product_counts, "_plenty", {})

    def test_more_than_are_counted_unasked(self, as_regular: Client) -> None:
        page = as_regular.get(URL, {"stock": "out"})
        assert "10+ products" in page.content.decode()
        every = as_regular.get(page.context["count_all_url"]).content.decode()
        assert "30 products" in every

    def test_that_there_are_more_is_known_for_a_minute(
        self, as_regular: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def counts() -> int:
            with CaptureQueriesContext(connection) as asked:
                page = as_regular.get(URL, {"stock": "out"})
            assert "10+ products" in page.content.decode()
            return sum("COUNT(" in query["sql"] for query in asked)

        first, second = counts(), counts()
        assert first - second == 1
        start = time.monotonic()
        monkeypatch.setattr(product_counts, "monotonic", lambda: start + 61)
        assert counts() == first

    def test_a_search_in_a_large_shop_is_counted_afterwards(
        self, as_regular: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shop = shop_figures(with_cost=False)
        monkeypatch.setattr(
            dashboard,
            "shop_figures",
            lambda **_which: replace(shop, as_of=timezone.now()),
        )
        page = as_regular.get(URL, {"q": "mug"})
        assert page.context["found"] is None
        assert page.context["count_url"] in page.content.decode().replace("&amp;", "&")
        counted = as_regular.get(page.context["count_url"])
        assert "10+ products" in counted.content.decode()


def shown_skus(response: Any) -> list[str]:
    return [product.sku for product in response.context["products"]]
