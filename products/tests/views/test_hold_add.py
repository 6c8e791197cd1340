"""/stock/holds/new"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.models import Hold, Location, Operation
from products.tests.factories import (
    adjust,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.views.documents import document, edit, post, problems, shown
from products.tests.views.filled import flashes
from products.tests.views.holds import hold

pytestmark = pytest.mark.django_db

URL = reverse("products:hold_add")


def held() -> list[tuple[str, int]]:
    """SKU and units of each hold."""
    return list(Hold.objects.order_by("pk").values_list("sku", "quantity"))


class TestHolds:
    def test_all_lines_as_one_request(self, as_clerk: Client) -> None:
        mug, cup = make_product(sku="MUG", stock=5), make_product(sku="CUP", stock=3)
        typed = {"reference": "Order 9", "until": "2h"}
        response = post(as_clerk, URL, (mug, 2), (cup, 3), **typed)
        assert held() == [("MUG", 2), ("CUP", 3)]
        operation = Operation.objects.get(kind="stock_held")
        assert operation.reference == "Order 9"
        ends = Hold.objects.values_list("expires_at", flat=True).distinct()
        assert abs(ends.get() - timezone.now() - timedelta(hours=2)).seconds < 60
        assert "5 units in 2 holds" in flashes(response)[0]
        assert response.redirect_chain[-1][0] == reverse("products:hold_list")
        undo = reverse("products:operation_undo", args=[operation.pk])
        assert undo in response.content.decode()

    def test_until_released(self, as_clerk: Client) -> None:
        response = post(as_clerk, URL, (make_product(stock=5), 2), until="released")
        assert Hold.objects.get().expires_at is None
        assert "Held until released" in flashes(response)[0]

    def test_a_double_click_holds_once(self, as_clerk: Client) -> None:
        data = document(as_clerk, URL, (make_product(stock=5), 2)) | {"post": "1"}
        for _click in range(2):
            response = as_clerk.post(URL, data, follow=True)
        assert len(held()) == 1
        assert "2 × SKU" in flashes(response)[-1]

    def test_the_product_of_the_button(self, as_clerk: Client) -> None:
        product = make_product(sku="MUG", stock=5)
        detail = as_clerk.get(product.get_absolute_url()).content.decode()
        address = f"{URL}?product={product.pk}"
        assert f'href="{address}"' in detail
        assert shown(as_clerk.get(address)) == [("MUG", "1")]

    def test_pasted_lines(self, as_clerk: Client) -> None:
        make_product(sku="MUG", stock=5)
        response = edit(as_clerk, URL, pasted="mug 3", add="1")
        assert shown(response) == [("MUG", "3")]


class TestWhere:
    @pytest.fixture
    def back(self) -> Location:
        return make_location(priority=5)

    def test_anywhere_by_priority(self, as_clerk: Client, back: Location) -> None:
        mug = make_product(stock=2)
        receive(mug, 5, location=back)
        data = document(as_clerk, URL, (mug, 4)) | {"look": "1"}
        (line,) = as_clerk.post(URL, data).context["form"].lines
        assert line.available == 7
        post(as_clerk, URL, (mug, 4), location="")
        kept = dict(Hold.objects.values_list("location__name", "quantity"))
        assert kept == {"Main store": 2, "Back room": 2}

    def test_at_one(self, as_clerk: Client, back: Location) -> None:
        mug = make_product(stock=2)
        receive(mug, 5, location=back)
        post(as_clerk, URL, (mug, 4), location=back.pk)
        assert Hold.objects.get().location == back

    def test_at_one_that_is_short(self, as_clerk: Client, back: Location) -> None:
        mug = make_product(stock=9)
        receive(mug, 1, location=back)
        response = post(as_clerk, URL, (mug, 4), location=back.pk)
        assert problems(response) == ["3 short: 1 on hand. Lower the quantity."]

    def test_a_location_that_is_none(self, as_clerk: Client, back: Location) -> None:
        for place in (999, "x", "9" * 40):
            response = post(as_clerk, URL, (make_product(stock=1), 1), location=place)
            assert list(response.context["form"].errors) == ["location"]

    def test_one_location_is_not_asked_about(self, as_clerk: Client) -> None:
        page = as_clerk.get(URL).content.decode()
        assert "ocation" not in page.replace("data-geolocation", "")
        assert "Main store" not in page


class TestShort:
    def test_every_short_line_says_so_and_nothing_is_held(
        self, as_clerk: Client
    ) -> None:
        mug, cup = make_product(sku="MUG", stock=5), make_product(sku="CUP", stock=1)
        tea = make_product(sku="TEA", stock=9)
        hold((mug, 4))
        response = post(as_clerk, URL, (mug, 3), (tea, 1), (cup, 2))
        assert problems(response) == [
            "2 short: 1 available, 4 held.",
            "1 short: 1 on hand. Lower the quantity.",
        ]
        page = response.content.decode()
        assert page.count('class="row-short"') == 2
        assert 'name="found"' not in page
        assert held() == [("MUG", 4)]
        assert shown(response) == [("MUG", "3"), ("TEA", "1"), ("CUP", "2")]

    def test_sold_while_it_was_typed(self, as_clerk: Client) -> None:
        mug = make_product(stock=5)
        data = document(as_clerk, URL, (mug, 5)) | {"post": "1"}
        adjust(mug, -1)
        response = as_clerk.post(URL, data)
        assert problems(response) == ["1 short: 4 on hand. Lower the quantity."]
        assert reload(mug).reserved == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"until": "x"}, "until"),
        ({"until": "time", "until_time": "2020-01-01T10:00"}, "until_time"),
        ({"reference": "x" * 121}, "reference"),
        ({"reference": "a\0b"}, "reference"),
    ],
    ids=str,
)
def test_senseless(as_clerk: Client, typed: dict[str, Any], field: str) -> None:
    response = post(as_clerk, URL, (make_product(stock=5), 2), **typed)
    assert list(response.context["form"].errors) == [field]
    assert held() == []


@pytest.mark.parametrize("quantity", ["", "0", "-1", "1.5", "9" * 40, "a\0b"])
def test_senseless_quantity(as_clerk: Client, quantity: str) -> None:
    response = post(as_clerk, URL, (make_product(stock=5), quantity))
    assert len(problems(response)) == 1
    assert held() == []


def test_nothing_in_it(as_clerk: Client) -> None:
    assert problems(post(as_clerk, URL)) == [
        "Add a product first: scan it, or type its name."
    ]
