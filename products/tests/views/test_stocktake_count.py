"""/stock/counts/<id>/count"""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Product, StockCount, Stocktake
from products.services.stocktake_decisions import ask_recount
from products.tests.factories import make_location, make_product
from products.tests.stocktaking import count, line_of, review, started
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", sku="MUG", barcode="4006381333931", stock=4321)


@pytest.fixture
def stocktake(mug: Product) -> Stocktake:
    return started(name="Shelf B")


def url_of(stocktake: Stocktake) -> str:
    return f"/stock/counts/{stocktake.pk}/count"


def look(client: Client, stocktake: Stocktake, code: str) -> Any:
    return client.get(url_of(stocktake), {"look": code}).json()


class TestForm:
    def test_counts_and_stays_on_the_shelf(
        self, as_clerk: Client, stocktake: Stocktake
    ) -> None:
        typed = {"code": "mug", "quantity": "12", "shelf": "B-1"}
        data = open_form(as_clerk, url_of(stocktake), **typed)
        response = as_clerk.post(url_of(stocktake), data, follow=True)
        assert flashes(response) == ["12 × MUG counted."]
        assert response.redirect_chain[-1][0] == f"{url_of(stocktake)}?shelf=B-1"
        assert StockCount.objects.get().quantity == 12

    def test_double_click_counts_once(
        self, as_clerk: Client, stocktake: Stocktake
    ) -> None:
        data = open_form(as_clerk, url_of(stocktake), code="mug", quantity="12")
        for _click in range(2):
            as_clerk.post(url_of(stocktake), data)
        assert StockCount.objects.count() == 1

    def test_same_page_with_other_content_is_refused(
        self, as_clerk: Client, stocktake: Stocktake
    ) -> None:
        data = open_form(as_clerk, url_of(stocktake), code="mug", quantity="12")
        as_clerk.post(url_of(stocktake), data)
        response = as_clerk.post(url_of(stocktake), data | {"quantity": "13"})
        assert "sent before with other content" in response.content.decode()
        assert StockCount.objects.count() == 1
        renewed = str(response.context["form"]["once_key"].value())
        again = data | {"quantity": "13", "once_key": renewed}
        assert as_clerk.post(url_of(stocktake), again).status_code == 302
        assert StockCount.objects.count() == 2

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"code": ""}, "code"),
            ({"code": "nope"}, "code"),
            ({"code": "a\0b"}, "code"),
            ({"quantity": "-1"}, "quantity"),
            ({"quantity": "1.5"}, "quantity"),
            ({"quantity": "9" * 40}, "quantity"),
            ({"shelf": "x" * 41}, "shelf"),
        ],
        ids=str,
    )
    def test_refuses_at_the_field(
        self,
        as_clerk: Client,
        stocktake: Stocktake,
        typed: dict[str, str],
        field: str,
    ) -> None:
        data = {"code": "MUG", "quantity": "1"} | typed
        response = as_clerk.post(url_of(stocktake), data)
        assert list(response.context["form"].errors) == [field]
        assert not StockCount.objects.exists()


class TestBlind:
    def test_page_and_look_up_tell_nothing(
        self, as_admin: Client, stocktake: Stocktake, mug: Product
    ) -> None:
        count(stocktake, mug, 5)
        page = as_admin.get(url_of(stocktake)).content.decode()
        told = page + str(look(as_admin, stocktake, "MUG"))
        assert "4321" not in told
        assert "4,321" not in told

    def test_open_count_tells_the_book(self, as_clerk: Client, mug: Product) -> None:
        stocktake = started(is_blind=False)
        assert "4,321 in the books" in look(as_clerk, stocktake, "MUG")["html"]


class TestLook:
    def test_product_and_what_was_counted(
        self, as_clerk: Client, stocktake: Stocktake, mug: Product
    ) -> None:
        count(stocktake, mug, 7)
        found = look(as_clerk, stocktake, " 4006381333931 ")
        assert found["id"] == mug.pk
        assert "Blue mug" in found["html"]
        assert "7 counted so far" in found["html"]

    def test_outside_the_scope(self, as_clerk: Client, stocktake: Stocktake) -> None:
        make_product(sku="NEW")
        assert "it is added" in look(as_clerk, stocktake, "new")["html"]

    @pytest.mark.parametrize("code", ["", "nope", "a\0b", "x" * 500, "<b>"])
    def test_unknown(self, as_clerk: Client, stocktake: Stocktake, code: str) -> None:
        found = look(as_clerk, stocktake, code)
        assert found["id"] is None
        assert "No product has the code" in found["html"]
        assert "<b>" not in found["html"]


def test_own_counts_only(
    as_clerk: Client, clerk: Any, admin: Any, stocktake: Stocktake, mug: Product
) -> None:
    count(stocktake, mug, 5, by=clerk)
    count(stocktake, mug, 6, by=admin)
    response = as_clerk.get(url_of(stocktake))
    assert [one.quantity for one in response.context["last_counts"]] == [5]


def test_htmx_gets_the_list_and_the_progress(
    as_clerk: Client, stocktake: Stocktake
) -> None:
    response = as_clerk.get(url_of(stocktake), headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert "count-progress" in html


def test_lines_to_count_again_are_named(
    as_clerk: Client, stocktake: Stocktake, mug: Product
) -> None:
    count(stocktake, mug, 5)
    line = line_of(review(stocktake), mug)
    ask_recount(stocktake_id=stocktake.pk, line_ids=[line.pk])
    again = as_clerk.get(url_of(stocktake)).context["again"]
    assert [one.sku for one in again] == ["MUG"]


def test_opens_after_the_end_for_what_a_browser_still_holds(
    as_clerk: Client, stocktake: Stocktake
) -> None:
    review(stocktake)
    page = as_clerk.get(url_of(stocktake)).content.decode()
    assert "takes no more counts: it is review now" in page


def test_location_is_named_where_there_are_several(
    as_clerk: Client, stocktake: Stocktake
) -> None:
    assert "Main store" not in as_clerk.get(url_of(stocktake)).content.decode()
    make_location()
    assert "Main store" in as_clerk.get(url_of(stocktake)).content.decode()


def test_queries(
    as_clerk: Client,
    clerk: Any,
    stocktake: Stocktake,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(20):
        count(stocktake, make_product(stock=1), 1, by=clerk)
    with django_assert_max_num_queries(11):
        as_clerk.get(url_of(stocktake))
