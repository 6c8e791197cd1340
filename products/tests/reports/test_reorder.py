"""reports.reorder: what to order and how many."""

from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from products.models import Location, Product
from products.reports.reorder import (
    Need,
    reorder_needs,
    suggested_quantity,
    sum_up,
    suppliers_of,
)
from products.services.reservations import Wanted, hold_stock
from products.services.shelves import Arrangement, arrange_level
from products.tests.factories import (
    by,
    make_location,
    make_product,
    place_of,
    receive,
)
from products.tests.transfers import sent

pytestmark = pytest.mark.django_db


def low(**fields: Any) -> Product:
    return make_product(**{"reorder_point": 5, "stock": 3} | fields)


def ask(product: Product, location: Location, point: int, batch: int | None = None):
    wanted = Arrangement("", reorder_point=point, reorder_quantity=batch)
    arrange_level(place=place_of(product, location), wanted=wanted)


def figures(needs: list[Need]) -> list[tuple[str, str, int]]:
    return [(need.sku, need.location, need.suggested) for need in needs]


class TestWhich:
    @pytest.mark.parametrize(
        ("stock", "listed"), [(0, True), (4, True), (5, True), (6, False)]
    )
    def test_at_or_below_the_point(self, stock: int, listed: bool) -> None:
        low(stock=stock)
        assert bool(reorder_needs()) is listed

    def test_by_what_is_available(self) -> None:
        product = low(stock=9)
        hold_stock(wanted=[Wanted(product.pk, 4)], circumstances=by())
        assert [need.available for need in reorder_needs()] == [5]

    def test_without_a_point_never(self) -> None:
        low(stock=0, reorder_point=None)
        assert not reorder_needs()

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_what_is_not_sold_is_left_out(self, status: str) -> None:
        ask(low(status=status), Location.objects.get_default(), 9)
        assert not reorder_needs()

    def test_location_with_a_point_of_its_own(self) -> None:
        back = make_location()
        product = make_product(sku="MUG", stock=50, reorder_point=5)
        ask(product, back, 4)
        assert figures(reorder_needs()) == [("MUG", "Back room", 8)]

    def test_location_out_of_use(self) -> None:
        back = make_location()
        ask(make_product(stock=50), back, 4)
        Location.objects.filter(pk=back.pk).update(is_active=False)
        assert not reorder_needs()

    def test_what_a_location_asks_for_counts_for_the_shop(self) -> None:
        back = make_location()
        product = low(sku="MUG", stock=3, reorder_point=10)
        ask(product, back, 4, batch=12)
        assert figures(reorder_needs()) == [("MUG", "Back room", 12)]
        ask(product, back, 1)
        assert figures(reorder_needs()) == [("MUG", "", 15), ("MUG", "Back room", 2)]


class TestHowMany:
    @pytest.mark.parametrize(
        ("available", "point", "batch", "incoming", "suggested"),
        [
            (3, 5, 20, 0, 20),  # the order quantity
            (3, 5, 0, 0, 7),  # up to twice the point
            (0, 0, 0, 0, 1),  # above the point at least
            (0, 50, 10, 0, 51),  # an order quantity that is not enough
            (3, 5, 20, 4, 16),  # less what is on the way
            (3, 5, 0, 4, 3),
            (3, 5, 20, 40, 0),  # on the way already
            (3, 5, 4, 2, 2),
            (3, 5, 2, 2, 1),
        ],
    )
    def test_suggestion(
        self, available: int, point: int, batch: int, incoming: int, suggested: int
    ) -> None:
        answer = suggested_quantity(
            position=available + incoming, point=point, batch=batch, incoming=incoming
        )
        assert answer == suggested

    def test_what_is_on_the_way(self) -> None:
        product = make_product(sku="MUG", stock=20, reorder_point=15)
        transfer = sent((product, 8))
        ask(product, transfer.destination, 10)
        (of_place,) = reorder_needs()
        assert (of_place.available, of_place.incoming) == (0, 8)
        assert of_place.suggested == 12

    def test_of_the_whole_shop_on_the_way(self) -> None:
        sent((make_product(sku="MUG", stock=20, reorder_point=15), 8))
        (need,) = reorder_needs()
        assert (need.available, need.incoming, need.suggested) == (12, 8, 10)

    def test_cost_and_sums(self) -> None:
        low(sku="A", cost=Decimal("1.50"), reorder_quantity=10)
        low(sku="B", cost=None, reorder_quantity=4)
        needs = reorder_needs()
        assert {need.sku: need.total for need in needs} == {"A": 15, "B": None}
        sums = sum_up(needs)
        assert (sums.needs, sums.units, sums.cost) == (2, 14, Decimal(15))
        assert sums.without_cost == 1


class TestOrder:
    def test_by_supplier_then_name_none_last(self) -> None:
        low(sku="1", name="b", supplier_name="Zeta")
        low(sku="2", name="A", supplier_name="Zeta")
        low(sku="3", name="A", supplier_name="")
        low(sku="4", name="A", supplier_name="alpha")
        needs = reorder_needs()
        assert [need.sku for need in needs] == ["4", "2", "1", "3"]
        assert suppliers_of(needs) == ["alpha", "Zeta", ""]

    def test_search(self) -> None:
        back = make_location()
        low(name="Blue mug")
        ask(make_product(name="Blue cup", stock=9), back, 3)
        low(name="Red bowl")
        names = [need.name for need in reorder_needs(search="blue")]
        assert names == ["Blue cup", "Blue mug"]


def test_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    back = make_location()
    for number in range(20):
        product = low(supplier_name=f"S{number}")
        receive(product, 1, location=back)
        ask(product, back, 3)
    with django_assert_num_queries(4):
        assert len(reorder_needs()) == 20
