"""/stock/counts/<id>/apply"""

import pytest
from django.test import Client

from products.models import Operation, Product, Stocktake
from products.tests.factories import adjust, make_product, reload
from products.tests.stocktaking import count, review, started
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(sku="MUG", stock=10)


@pytest.fixture
def stocktake(mug: Product) -> Stocktake:
    make_product(stock=1)
    stocktake = started(name="Shelf B")
    count(stocktake, mug, 8)
    return review(stocktake)


def url_of(stocktake: Stocktake) -> str:
    return f"/stock/counts/{stocktake.pk}/apply"


def test_says_what_it_does(as_admin: Client, stocktake: Stocktake) -> None:
    page = as_admin.get(url_of(stocktake)).content.decode()
    assert "Post 1 difference" in page
    assert "1 product that nobody counted" in page


def test_posts_and_offers_undo(
    as_admin: Client, stocktake: Stocktake, mug: Product
) -> None:
    adjust(mug, -3)
    data = open_form(as_admin, url_of(stocktake))
    response = as_admin.post(url_of(stocktake), data, follow=True)
    assert flashes(response) == ["“Shelf B” applied: 1 difference posted."]
    assert reload(mug).on_hand == 5
    operation = Operation.objects.get(kind="stocktake_applied")
    assert f"/stock/operations/{operation.pk}/undo" in response.content.decode()
    assert operation.actor_label == "Ada Admin"


def test_second_click_posts_nothing_more(
    as_admin: Client, stocktake: Stocktake, mug: Product
) -> None:
    data = open_form(as_admin, url_of(stocktake))
    for _click in range(2):
        response = as_admin.post(url_of(stocktake), data, follow=True)
        assert "applied: 1 difference posted." in flashes(response)[-1]
    assert reload(mug).on_hand == 8


def test_refuses_while_a_line_needs_a_decision(
    as_admin: Client, stocktake: Stocktake, mug: Product
) -> None:
    data = open_form(as_admin, url_of(stocktake))
    adjust(mug, -9)
    response = as_admin.post(url_of(stocktake), data)
    html = response.content.decode()
    assert "1 line needs a decision first." in html
    assert f"/stock/counts/{stocktake.pk}/review?show=decide" in html
    assert reload(mug).on_hand == 1


def test_not_in_review(as_admin: Client, mug: Product) -> None:
    stocktake = started()
    assert as_admin.get(url_of(stocktake)).status_code == 302
    response = as_admin.post(url_of(stocktake))
    assert "has gone on meanwhile" in response.content.decode()


def test_undo_button_brings_it_back_to_review(
    as_admin: Client, stocktake: Stocktake, mug: Product
) -> None:
    as_admin.post(url_of(stocktake))
    operation = Operation.objects.get(kind="stocktake_applied")
    as_admin.post(f"/stock/operations/{operation.pk}/undo")
    stocktake.refresh_from_db()
    assert (stocktake.state, reload(mug).on_hand) == ("review", 10)
