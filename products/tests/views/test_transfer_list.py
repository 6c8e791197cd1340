"""/stock/transfers"""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Transfer
from products.services.transfer_lines import Arrival
from products.tests.factories import make_product
from products.tests.transfers import back_room, cancel, draft, receive, sent

pytestmark = pytest.mark.django_db
URL = "/stock/transfers"


def shown(client: Client, **asked: str) -> list[Transfer]:
    return list(client.get(URL, asked).context["transfers"])


def test_tabs(as_regular: Client) -> None:
    product = make_product(stock=99)
    written, moving, partly = (
        draft((product, 1)),
        sent((product, 2)),
        sent((product, 3)),
    )
    receive(partly, Arrival(1))
    done, cancelled = sent((product, 4)), sent((product, 5))
    receive(done, Arrival(4))
    cancel(cancelled)
    assert shown(as_regular) == [partly, moving, written]
    assert shown(as_regular, state="draft") == [written]
    assert shown(as_regular, state="way") == [partly, moving]
    assert shown(as_regular, state="received") == [done]
    assert shown(as_regular, state="cancelled") == [cancelled]
    assert shown(as_regular, state="nonsense") == [partly, moving, written]
    counts = {tab: count for tab, _name, count in as_regular.get(URL).context["tabs"]}
    assert counts == {"open": 3, "draft": 1, "way": 2, "received": 1, "cancelled": 1}
    assert "2 still out" in as_regular.get(URL).content.decode()


def test_search(as_regular: Client) -> None:
    mug = make_product(sku="MUG-1", barcode="4006381333931")
    one, two = draft((mug, 1)), draft((make_product(), 1), reference="Van 50%")
    for text, found in {
        "mug-1": [one],
        "4006381333931": [one],
        f"T-{two.pk}": [two],
        f"t-{one.pk}": [one],
        "van": [two],
        "50%": [two],
        "nothing": [],
        "a\0b": [],
        "9" * 300: [],
    }.items():
        assert shown(as_regular, find=text) == found, text


def test_no_result_offers_all(as_regular: Client) -> None:
    draft((make_product(), 1))
    text = as_regular.get(URL, {"find": "zzz"}).content.decode()
    assert "No transfer here matches “zzz”" in text


def test_empty_invites(as_clerk: Client) -> None:
    back_room()
    assert "/stock/transfers/new" in as_clerk.get(URL).content.decode()


def test_with_one_location_says_what_to_do(as_admin: Client) -> None:
    text = as_admin.get(URL).content.decode()
    assert "Add a second location first" in text
    assert "New transfer" not in text


def test_in_the_navigation_where_there_are_two_places(as_regular: Client) -> None:
    page = "/dashboard"
    assert f'href="{URL}"' not in as_regular.get(page).content.decode()
    back_room()
    assert f'href="{URL}"' in as_regular.get(page).content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(
    as_regular: Client,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        draft((make_product(), number + 1))
    with django_assert_max_num_queries(8):
        as_regular.get(URL)
