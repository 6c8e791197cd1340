"""/stock/counts/<id>/review"""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Product, Stocktake
from products.tests.factories import adjust, make_product
from products.tests.stocktaking import apply, count, line_of, review, started
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


@pytest.fixture
def products() -> dict[str, Product]:
    """Agreeing, a little different, doubtful, and one that nobody counts."""
    return {
        sku: make_product(sku=sku, stock=10, cost=Decimal(2))
        for sku in ("SAME", "LESS", "DOUBT", "LEFT")
    }


@pytest.fixture
def stocktake(products: dict[str, Product]) -> Stocktake:
    stocktake = started(name="Shelf B", threshold_percent=30)
    for sku, quantity in (("SAME", 10), ("LESS", 9), ("DOUBT", 4)):
        count(stocktake, sku, quantity, by="Jonas")
    return review(stocktake)


def url_of(stocktake: Stocktake) -> str:
    return f"/stock/counts/{stocktake.pk}/review"


def listed(client: Client, stocktake: Stocktake, **query: str) -> list[str]:
    response: Any = client.get(url_of(stocktake), query)
    return [outcome.line.sku for outcome, _product in response.context["rows"]]


def send(client: Client, stocktake: Stocktake, *skus: str, **typed: str) -> Any:
    lines = [stocktake.lines.get(sku=sku).pk for sku in skus]
    show = typed.pop("show", "decide")
    url = f"{url_of(stocktake)}?show={show}"
    return client.post(url, {"line": lines, **typed}, follow=True)


def test_lists(as_admin: Client, stocktake: Stocktake) -> None:
    assert listed(as_admin, stocktake) == ["DOUBT"]  # what matters most
    assert listed(as_admin, stocktake, show="differences") == ["DOUBT", "LESS"]
    assert listed(as_admin, stocktake, show="agreeing") == ["SAME"]
    assert listed(as_admin, stocktake, show="uncounted") == ["LEFT"]
    assert listed(as_admin, stocktake, show="x", page="y") == ["DOUBT"]


def test_figures(as_admin: Client, stocktake: Stocktake) -> None:
    adjust(Product.objects.get(sku="DOUBT"), -1)
    html = as_admin.get(url_of(stocktake)).content.decode()
    assert "expected 10, counted 4, moved since −1" in html
    assert "Jonas" in html
    assert "The difference is above the threshold" in html


def test_apply_is_offered_once_nothing_needs_a_decision(
    as_admin: Client, stocktake: Stocktake
) -> None:
    button = f"/stock/counts/{stocktake.pk}/apply"
    assert button not in as_admin.get(url_of(stocktake)).content.decode()
    response = send(as_admin, stocktake, "DOUBT", confirm="1", note="looked")
    assert flashes(response) == ["1 line is confirmed."]
    page = as_admin.get(url_of(stocktake)).content.decode()
    assert button in page
    assert listed(as_admin, stocktake) == ["DOUBT", "LESS"]
    assert "“looked”" in page


def test_confirming_takes_a_note(as_admin: Client, stocktake: Stocktake) -> None:
    response = send(as_admin, stocktake, "DOUBT", confirm="1")
    assert list(response.context["form"].errors) == ["note"]


def test_impossible_line_says_why(
    as_admin: Client, stocktake: Stocktake, products: dict[str, Product]
) -> None:
    adjust(products["DOUBT"], -8)
    page = as_admin.get(url_of(stocktake)).content.decode()
    assert "On hand would go below zero: 2 on hand now" in page
    response = send(as_admin, stocktake, "DOUBT", confirm="1", note="looked")
    assert "DOUBT can&#x27;t be confirmed" in response.content.decode()


def test_count_again(as_admin: Client, stocktake: Stocktake) -> None:
    response = send(as_admin, stocktake, "DOUBT", recount="1")
    assert flashes(response) == ["1 line is to be counted again."]
    stocktake.refresh_from_db()
    assert stocktake.state == "counting"


def test_leave_out(
    as_admin: Client, stocktake: Stocktake, products: dict[str, Product]
) -> None:
    response = send(as_admin, stocktake, "DOUBT", leave="1", note="in use")
    assert flashes(response) == ["1 line is left out. Its stock stays as it is."]
    assert line_of(stocktake, products["DOUBT"]).note == "in use"
    assert listed(as_admin, stocktake, show="uncounted") == ["DOUBT", "LEFT"]


def test_every_line_of_the_list(as_admin: Client, stocktake: Stocktake) -> None:
    typed = {"every": "on", "recount": "1", "show": "differences"}
    response = send(as_admin, stocktake, **typed)
    assert flashes(response) == ["2 lines are to be counted again."]


def test_no_tick(as_admin: Client, stocktake: Stocktake) -> None:
    response = send(as_admin, stocktake, confirm="1", note="x")
    assert "Tick the lines that are meant." in response.content.decode()


@pytest.mark.parametrize("line", ["99", "x", "9" * 40, "a\0b"])
def test_lines_that_are_none(as_admin: Client, stocktake: Stocktake, line: str) -> None:
    response = as_admin.post(url_of(stocktake), {"line": line, "note": "x"})
    assert list(response.context["form"].errors) == ["line"]


def test_in_counting_there_is_nothing_to_decide_yet(as_admin: Client) -> None:
    product = make_product(stock=9)
    stocktake = started(threshold_percent=1)
    count(stocktake, product, 4)
    page = as_admin.get(url_of(stocktake)).content.decode()
    assert 'name="confirm"' not in page
    response = as_admin.post(url_of(stocktake), {"every": "on", "note": "x"})
    assert "has gone on meanwhile" in response.content.decode()


def test_applied_one_leads_back(as_admin: Client) -> None:
    product = make_product(stock=9)
    stocktake = started()
    count(stocktake, product, 4)
    apply(review(stocktake))
    response = as_admin.get(url_of(stocktake))
    assert response["Location"] == f"/stock/counts/{stocktake.pk}"


def test_queries(
    as_admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    products = [make_product(stock=3) for _number in range(20)]
    stocktake = started()
    for product in products:
        count(stocktake, product, 1)
    review(stocktake)
    with django_assert_max_num_queries(13):
        assert len(listed(as_admin, stocktake)) == 20
