"""views.walked_paging: pages of what is rare among very many rows."""

import pytest
from django.urls import reverse

from products.models import Operation, StockMovement
from products.services.operations import Author, Circumstances
from products.tests.factories import adjust, by, make_product, receive
from products.views import movement_list, walked_paging

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:movement_list")
BY_ADMIN = {"source": Operation.Source.ADMIN}


@pytest.fixture
def ids(as_admin, admin, monkeypatch):
    """Twenty movements; the third and the twelfth from the newest by the admin site."""
    monkeypatch.setattr(walked_paging, "WALKS", (2, 3))
    monkeypatch.setattr(movement_list, "ROWS", 1)
    product = make_product(stock=100)
    by_admin = Circumstances(author=Author.for_user(admin, Operation.Source.ADMIN))
    for number in range(19):
        circumstances = by_admin if number in {7, 16} else by()
        receive(product, 1, circumstances=circumstances)
    return list(StockMovement.objects.order_by("-pk").values_list("pk", flat=True))


def page_of(client, query="", **address):
    response = client.get(f"{ADDRESS}{query}", address)
    return response, [one.pk for one in response.context["movements"]]


def test_looks_so_far_and_says_how_far(client, ids):
    response, found = page_of(client, **BY_ADMIN)
    page = response.context["key_page"]
    assert found == [ids[2]]
    assert page.reached.pk == ids[4]
    assert page.next_url == f"?source=admin&after={ids[4]}"
    assert "Looked back to" in response.text


def test_page_of_nothing_leads_on(client, ids):
    response, found = page_of(client, **BY_ADMIN, after=ids[4])
    assert found == []
    assert "Nothing here fits these filters" in response.text
    assert "Look further back" in response.text


def test_every_row_is_found_once_on_the_way_down(client, ids):
    seen, query = [], "?source=admin"
    while query:
        response, found = page_of(client, query)
        seen += found
        query = response.context["key_page"].next_url
    assert seen == [ids[2], ids[11]]
    assert response.context["key_page"].reached is None


def test_and_on_the_way_up(client, ids):
    seen, query = [], f"?source=admin&before={ids[-1]}"
    while query:
        response, found = page_of(client, query)
        seen += found
        query = response.context["key_page"].previous_url
    assert seen == [ids[11], ids[2]]


def test_what_is_common_is_a_list_like_any_other(client, ids):
    response, found = page_of(client)
    assert found == ids[:1]
    assert response.context["key_page"].reached is None
    response, found = page_of(client, response.context["key_page"].next_url)
    assert found == ids[1:2]
    response, found = page_of(client, response.context["key_page"].previous_url)
    assert found == ids[:1]


@pytest.mark.parametrize("key", ["0", "9" * 18, "x"])
def test_key_that_makes_no_sense_shows_the_first_page(client, ids, key):
    assert page_of(client, after=key)[1] == ids[:1]
    assert page_of(client, before=key)[1] in (ids[:1], ids[-1:])


def test_queries_are_bounded(client, ids, django_assert_max_num_queries):
    adjust(make_product(stock=3), -1)
    with django_assert_max_num_queries(12):
        page_of(client, **BY_ADMIN)


def test_operations_are_walked_too(client, ids):
    address = reverse("products:operation_list")
    response = client.get(address, BY_ADMIN)
    assert len(response.context["operations"]) == 1
    assert response.context["key_page"].reached is not None
    assert "Looked back to" in response.text
