"""Explain this number: what a figure is made of adds up to it, whatever happened."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.models import Location, Product, StockMovement
from products.services.transfer_lines import Arrival
from products.tests import transfers
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
)
from products.tests.views.holds import hold, hold_until_an_hour_ago

pytestmark = pytest.mark.django_db


def url(product: Product, figure: str) -> str:
    return reverse("products:product_explain", args=[product.pk, figure])


def html(client: Client, product: Product, figure: str, query: str = "") -> str:
    response = client.get(url(product, figure) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def lines(client: Client, product: Product, figure: str) -> list[tuple[str, str]]:
    """The lines of the sum, without its result: label and number."""
    response = client.get(url(product, figure))
    return [(line["label"], line["text"]) for line in response.context["sum"].lines()]


class TestOnHand:
    def test_by_what_happened(self, as_regular: Client) -> None:
        product = make_product(stock=100)
        receive(product, 40)
        receive(product, 2)
        adjust(product, -30, kind=StockMovement.Kind.SOLD)
        adjust(product, -1)
        assert lines(as_regular, product, "on_hand") == [
            ("Opening stock", "100"),
            ("Received", "42"),
            ("Sold", "−30"),
            ("Correction", "−1"),
        ]
        assert "Why 111 on hand?" in html(as_regular, product, "on_hand")

    def test_per_location(self, as_regular: Client) -> None:
        product = make_product(stock=10)
        back = make_location()
        receive(product, 5, location=back)
        adjust(product, -2, location=back)
        assert lines(as_regular, product, "on_hand") == [
            ("Main store", "10"),
            ("Opening stock", "10"),
            ("Back room", "3"),
            ("Received", "5"),
            ("Correction", "−2"),
        ]

    def test_movements_of_one_place_with_what_was_there(
        self, as_regular: Client
    ) -> None:
        product = make_product(stock=10)
        back = make_location()
        operation = receive(
            product, 5, location=back, circumstances=by(reference="LS-2291")
        )
        adjust(product, -2, location=back, reason="chipped")
        page = html(as_regular, product, "on_hand", f"?location={back.pk}")
        assert "Received, LS-2291" in page
        assert "“chipped”" in page
        assert reverse("products:operation_detail", args=[operation.pk]) in page
        assert "Opening stock, " not in page
        numbers = re.findall(r'class="num">(.*?)</td>', page)
        assert numbers == ["3", "5"]

    def test_pages_carry_the_balance_over(self, as_regular: Client) -> None:
        product = make_product(stock=100)
        for _each in range(60):
            adjust(product, -1)
        first = as_regular.get(url(product, "on_hand"))
        steps = first.context["steps"]
        assert (steps.rows[0].after, steps.before) == ("40", "90")
        assert "Before these" in first.content.decode()
        second = as_regular.get(
            url(product, "on_hand") + first.context["key_page"].next_url
        )
        assert second.context["steps"].rows[0].after == "90"
        assert "Before these" not in second.content.decode()

    def test_one_location_is_never_mentioned(self, as_regular: Client) -> None:
        product = make_product(stock=100)
        for figure in ("on_hand", "available", "reserved"):
            page = html(as_regular, product, figure)
            assert "ocation" not in page
            assert "Main store" not in page


class TestHeld:
    def test_each_hold_with_its_end_and_the_way_to_it(self, as_regular: Client) -> None:
        product = make_product(stock=9)
        hold((product, 1), reference="Order 2")
        hold(
            (product, 4), reference="Order 1", until=timezone.now() + timedelta(days=1)
        )
        rows = lines(as_regular, product, "reserved")
        assert [number for _label, number in rows] == ["4", "1"]
        assert rows[0][0].startswith("Order 1, until")
        assert rows[1][0] == "Order 2"

    def test_what_is_up_counts_no_more(self, as_regular: Client) -> None:
        product = make_product(stock=9)
        hold((product, 1))
        hold_until_an_hour_ago(product, 4)
        assert lines(as_regular, product, "reserved") == [("No reference", "1")]
        assert "Why 8 available?" in html(as_regular, product, "available")

    def test_very_many(self, as_regular: Client) -> None:
        product = make_product(stock=99)
        for _each in range(53):
            hold((product, 1))
        rows = lines(as_regular, product, "reserved")
        assert len(rows) == 51
        assert rows[-1] == ("3 more holds", "3")
        assert "Why 53 held?" in html(as_regular, product, "reserved")

    def test_none(self, as_regular: Client) -> None:
        page = html(as_regular, make_product(stock=1), "reserved")
        assert "Nobody holds any of it" in page


def test_available(as_regular: Client) -> None:
    product = make_product(stock=140)
    hold((product, 12), reference="Order 10482")
    assert lines(as_regular, product, "available") == [
        ("On hand", "140"),
        ("Held", "−12"),
        ("Order 10482", "12"),
    ]


class TestInTransit:
    def test_what_open_transfers_still_carry(self, as_regular: Client) -> None:
        product = make_product(stock=9)
        first = transfers.sent((product, 4), reference="Van 1")
        transfers.receive(first, Arrival(received=1))
        second = transfers.sent((product, 2))
        done = transfers.sent((product, 3))
        transfers.receive(done, Arrival(received=3))
        transfers.draft((product, 1))
        assert lines(as_regular, product, "in_transit") == [
            ("Van 1, Main store to Back room", "3"),
            (f"{second}, Main store to Back room", "2"),
        ]
        assert "Why 5 in transit?" in html(as_regular, product, "in_transit")

    def test_what_no_transfer_carries(self, as_regular: Client) -> None:
        truck = make_location("TRUCK", "Truck", kind=Location.Kind.TRANSIT)
        product = make_product(stock=9)
        receive(product, 2, location=truck)
        assert lines(as_regular, product, "in_transit") == [
            ("On no open transfer", "2")
        ]


class TestValue:
    def test_per_place_in_full(self, as_admin: Client) -> None:
        product = make_product()
        receive(product, 3, cost="1.3333")
        receive(product, 2, cost="5", location=make_location())
        assert lines(as_admin, product, "value") == [
            ("Main store: 3 at €1.33 on average", "€3.9999"),
            ("Back room: 2 at €5.00 on average", "€10.0000"),
        ]
        page = html(as_admin, product, "value")
        assert "Why is it worth €13.9999?" in page
        assert "+3 × €1.3333" in page

    def test_whole_cents_stay_cents(self, as_admin: Client) -> None:
        product = make_product(stock=4, cost=Decimal("2.50"))
        assert lines(as_admin, product, "value") == [
            ("4 at €2.50 on average", "€10.00")
        ]

    def test_unknown_cost(self, as_admin: Client) -> None:
        product = make_product(stock=4)
        assert lines(as_admin, product, "value") == [("4", "€0.00")]
        assert "cost unknown" in html(as_admin, product, "value")
