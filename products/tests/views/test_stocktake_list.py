"""/stock/counts"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.services.stocktakes import cancel_stocktake
from products.tests.factories import make_location, make_product
from products.tests.stocktaking import apply, count, draft, review, started

pytestmark = pytest.mark.django_db

URL = reverse("products:stocktake_list")


def names(response: Any) -> list[str]:
    return [stocktake.name for stocktake in response.context["stocktakes"]]


def test_newest_first_with_progress(as_regular: Client) -> None:
    product = make_product(stock=3)
    make_product(stock=3)
    count(started(name="Shelf A"), product, 3)
    draft("Shelf B")
    response = as_regular.get(URL)
    assert names(response) == ["Shelf B", "Shelf A"]
    assert "1 of 2 counted" in response.content.decode()


def test_by_state(as_regular: Client) -> None:
    product = make_product(stock=3)
    done = started(name="Done")
    count(done, product, 3)
    apply(review(done))
    draft("Open")
    cancel_stocktake(stocktake_id=draft("Given up").pk)
    shown = {show: names(as_regular.get(URL, {"show": show})) for show in SHOWS}
    assert shown == {
        "open": ["Open"],
        "applied": ["Done"],
        "cancelled": ["Given up"],
        "x\0": ["Given up", "Open", "Done"],
    }


SHOWS = ("open", "applied", "cancelled", "x\0")


def test_empty(as_admin: Client, client: Client) -> None:
    assert "Nothing was counted yet" in as_admin.get(URL).content.decode()
    page = as_admin.get(URL, {"show": "applied"}).content.decode()
    assert "No count is in this state" in page


def test_only_who_may_sets_one_up(as_clerk: Client) -> None:
    assert reverse("products:stocktake_add") not in as_clerk.get(URL).content.decode()


def test_location_is_named_where_there_are_several(as_regular: Client) -> None:
    draft()
    assert "Main store" not in as_regular.get(URL).content.decode()
    make_location()
    assert "Main store" in as_regular.get(URL).content.decode()


def test_queries(
    as_regular: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(20):
        draft()
    with django_assert_max_num_queries(9):
        as_regular.get(URL, {"page": "nonsense"})
