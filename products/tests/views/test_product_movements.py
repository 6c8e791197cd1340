import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Product
from products.tests.factories import adjust, make_product, make_shop

pytestmark = pytest.mark.django_db


def html(client: Client, product: Product, **query: object) -> str:
    url = reverse("products:product_movements", args=[product.pk])
    response = client.get(url, query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_every_movement_with_where(as_clerk: Client) -> None:
    page = html(as_clerk, make_shop())
    assert page.count('class="move"') == 3
    assert "Damaged</a>: “chipped handle”" in page
    assert "Tess Tester, Back room" in page


def test_pages_go_on_with_the_balance(as_clerk: Client) -> None:
    product = make_product(stock=100)
    for _time in range(50):
        adjust(product, -1)
    assert "Opening stock" not in html(as_clerk, product)
    edge = product.movements.order_by("pk")[1].pk
    page = html(as_clerk, product, after=edge)
    assert page.count('class="move"') == 1
    assert "Opening stock" in page
    assert ">on hand after </span>100<" in page


def test_movement_opens_its_operation(as_clerk: Client) -> None:
    product = make_product(stock=1)
    operation = product.movements.get().operation_id
    assert reverse("products:operation_detail", args=[operation]) in html(
        as_clerk, product
    )


def test_way_to_the_filters(as_clerk: Client) -> None:
    product = make_product(stock=1)
    address = f"{reverse('products:movement_list')}?product={product.pk}"
    assert address in html(as_clerk, product)


@pytest.mark.parametrize("key", ["abc", "-1", "0", "9" * 30])
def test_a_page_that_is_not_there(as_clerk: Client, key: str) -> None:
    page = html(as_clerk, make_product(stock=1), after=key)
    assert page.count('class="move"') == 1


def test_none_yet(as_clerk: Client) -> None:
    assert "Nothing has moved yet" in html(as_clerk, make_product())


def test_unknown_product(as_clerk: Client) -> None:
    url = reverse("products:product_movements", args=[4711])
    assert as_clerk.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_queries(
    as_clerk: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = make_product(stock=99)
    for _time in range(count):
        adjust(product, -1)
    with django_assert_num_queries(7):
        html(as_clerk, product)
