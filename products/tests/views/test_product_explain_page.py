"""Explain this number: who may, as a dialog, and whatever the address says."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Product
from products.services.deleting import delete_product
from products.tests.factories import (
    by,
    make_location,
    make_product,
    make_shop,
    receive,
)
from products.tests.views.holds import hold

pytestmark = pytest.mark.django_db

FIGURES = ["on_hand", "reserved", "available", "in_transit", "value"]
HTMX = {"HX-Request": "true"}


def url(product: Product, figure: str) -> str:
    return reverse("products:product_explain", args=[product.pk, figure])


def html(client: Client, product: Product, figure: str, query: str = "") -> str:
    response = client.get(url(product, figure) + query)
    assert response.status_code == 200
    return str(response.content.decode())


class TestWho:
    def test_costs_are_for_those_who_see_them(self, as_clerk: Client) -> None:
        assert as_clerk.get(url(make_product(), "value")).status_code == 403

    @pytest.mark.parametrize("figure", FIGURES)
    def test_the_page_offers_what_may_be_opened(
        self, as_clerk: Client, clerk: Any, figure: str
    ) -> None:
        product = make_product(stock=3)
        detail = as_clerk.get(product.get_absolute_url()).content.decode()
        assert (f'href="{url(product, figure)}" data-dialog' in detail) == (
            figure != "value"
        )
        views = Permission.objects.filter(codename__startswith="view_")
        clerk.groups.get().permissions.remove(*views.exclude(codename="view_product"))
        detail = as_clerk.get(product.get_absolute_url()).content.decode()
        assert url(product, figure) not in detail
        assert as_clerk.get(url(product, figure)).status_code == 403

    @pytest.mark.parametrize("figure", ["price", "onhand", "on_hand\0", "x" * 300])
    def test_no_such_figure(self, as_admin: Client, figure: str) -> None:
        address = f"/products/{make_product().pk}/explain/{figure}"
        assert as_admin.get(address).status_code == 404

    def test_no_such_product(self, as_admin: Client) -> None:
        assert as_admin.get("/products/999/explain/on_hand").status_code == 404
        assert as_admin.get(f"/products/{10**30}/explain/value").status_code == 404

    def test_a_deleted_product_says_so(self, as_admin: Client) -> None:
        product = make_product(stock=2)
        delete_product(product_id=product.pk, circumstances=by("Jonas Weber"))
        response = as_admin.get(url(product, "on_hand"))
        assert response.status_code == 404
        assert "was deleted" in response.content.decode()


@pytest.mark.parametrize("figure", FIGURES)
def test_as_a_dialog_the_sum_alone(as_admin: Client, figure: str) -> None:
    product = make_shop()
    page = as_admin.get(url(product, figure), headers=HTMX).content.decode()
    assert "<html" not in page
    assert 'class="modal-content' in page
    assert "<h1" in page
    assert "explain-steps" not in page


@pytest.mark.parametrize(
    "query", ["location=x", "location=999", f"after={9**40}", "after=-1", "before=%00"]
)
def test_an_address_that_makes_no_sense(as_admin: Client, query: str) -> None:
    product = make_shop()
    html(as_admin, product, "on_hand", f"?{query}")
    html(as_admin, product, "value", f"?{query}")


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("count", [1, 20])
def test_queries(
    as_admin: Client,
    figure: str,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    product = make_product(stock=50)
    for number in range(count):
        receive(product, 1, location=make_location(f"L{number}", f"Place {number}"))
        hold((product, 1))
    with django_assert_max_num_queries(8):
        html(as_admin, product, figure)
