"""The product's page: where the stock is, how it got there, and what can be undone."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Product, StockMovement
from products.services.undo import undo_operation
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    make_shop,
    receive,
)

pytestmark = pytest.mark.django_db


def url(product: Product, name: str = "product_detail") -> str:
    return reverse(f"products:{name}", args=[product.pk])


def html(client: Client, product: Product) -> str:
    response = client.get(url(product))
    assert response.status_code == 200
    return str(response.content.decode())


class TestStock:
    def test_per_location(self, as_clerk: Client) -> None:
        product = make_product(stock=96)
        receive(product, 44, location=make_location("BACK", "Back room"))
        page = html(as_clerk, product)
        assert "Stock per location" in page
        assert "Back room" in page
        assert "in 2 locations" in page

    def test_one_location_is_never_mentioned(self, as_clerk: Client) -> None:
        page = html(as_clerk, make_product(stock=96))
        assert "location" not in page
        assert "Main store" not in page

    def test_regulars_see_where_it_is_and_how_it_came(self, as_regular: Client) -> None:
        page = html(as_regular, make_shop())
        for words in ("139", "Stock per location", "Movements", "chart-line"):
            assert words in page

    def test_without_the_codenames_the_figures_stand_alone(
        self, as_regular: Client, regular: Any
    ) -> None:
        for codename in ("view_stocklevel", "view_stockmovement"):
            permission = Permission.objects.get(codename=codename)
            regular.groups.get().permissions.remove(permission)
        page = html(as_regular, make_shop())
        for words in ("Stock per location", "Movements", "chart-line"):
            assert words not in page


class TestMovements:
    def test_newest_first_with_who_and_why(self, as_clerk: Client) -> None:
        product = make_product(stock=5)
        adjust(product, -1, kind=StockMovement.Kind.DAMAGED, reason="chipped handle")
        page = html(as_clerk, product)
        assert "Damaged</a>: “chipped handle”" in page
        assert "Tess Tester" in page
        assert page.index("Damaged") < page.index("Opening stock")
        assert "chart-line" in page

    def test_reference(self, as_clerk: Client) -> None:
        product = make_product()
        receive(product, 5, circumstances=by(reference="delivery LS-2291"))
        assert "Received, delivery LS-2291" in html(as_clerk, product)

    def test_the_rest_is_a_page_away(self, as_clerk: Client) -> None:
        product = make_product(stock=50)
        for _time in range(20):
            adjust(product, -1)
        page = html(as_clerk, product)
        assert page.count('class="move"') == 10
        assert f'href="{url(product, "product_movements")}"' in page
        assert "Show all 21 movements" in page

    def test_none_yet(self, as_clerk: Client) -> None:
        assert "Nothing has moved yet" in html(as_clerk, make_product())


class TestUndo:
    def undo_url(self, operation_id: int) -> str:
        return reverse("products:operation_undo", args=[operation_id])

    def test_of_the_newest_movement(self, as_clerk: Client) -> None:
        product = make_product(stock=5)
        older, newest = adjust(product, -1), adjust(product, -2)
        page = html(as_clerk, product)
        assert f'action="{self.undo_url(newest.pk)}"' in page
        assert self.undo_url(older.pk) not in page

    def test_not_twice(self, as_clerk: Client) -> None:
        product = make_product(stock=5)
        operation = adjust(product, -1)
        undo_operation(operation_id=operation.pk, circumstances=by())
        assert "/undo" not in html(as_clerk, product)

    def test_not_without_the_permission(self, as_regular: Client) -> None:
        product = make_product(stock=5)
        adjust(product, -1)
        page = html(as_regular, product)
        assert "Correction" in page
        assert "/undo" not in page
