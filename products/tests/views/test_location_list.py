"""/stock/locations"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Location
from products.tests.factories import make_location, make_product, receive

pytestmark = pytest.mark.django_db
URL = "/stock/locations"


def text_of(client: Client) -> str:
    return client.get(URL).content.decode()


def test_what_stands_where(as_admin: Client) -> None:
    back = make_location()
    for _number in range(2):
        receive(make_product(stock=1), 3, cost="2.50", location=back)
    _main, row = as_admin.get(URL).context["locations"]
    assert (row.name, row.skus, row.units, row.shown_value) == ("Back room", 2, 6, 15)


def test_value_is_for_those_who_see_costs(as_clerk: Client) -> None:
    assert "Value" not in text_of(as_clerk)
    assert not hasattr(as_clerk.get(URL).context["locations"][0], "shown_value")


def test_a_place_of_goods_on_the_way_is_no_location(as_admin: Client) -> None:
    make_location("ROAD", "On the road", kind=Location.Kind.TRANSIT)
    assert "On the road" not in text_of(as_admin)


def test_out_of_use_comes_last_and_says_so(as_admin: Client) -> None:
    make_location("A", "A shut one", is_active=False)
    make_location("Z", "Zed")
    names = [place.name for place in as_admin.get(URL).context["locations"]]
    assert names == ["Main store", "Zed", "A shut one"]
    assert "Not in use" in text_of(as_admin)


def test_who_may_not_change_sees_no_buttons(as_regular: Client) -> None:
    back = make_location()
    text = text_of(as_regular)
    assert reverse("products:location_edit", args=[back.pk]) not in text
    assert reverse("products:location_add") not in text


def test_queries_do_not_grow(
    as_admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_product(stock=1, location=make_location(f"L{number}", f"L {number}"))
    with django_assert_max_num_queries(8):
        as_admin.get(URL)
