"""Documents that share products, in different orders: no deadlock, nothing oversold."""

import threading
import uuid
from collections import Counter

import pytest
from django.db import DatabaseError, connection

from products.errors import InsufficientStock
from products.models import Location, Operation, Product, StockLevel
from products.services import levels
from products.services.goods import Received, Sold, receive_goods, sell_goods
from products.services.operations import Once
from products.tests.concurrency.racing import PATIENCE, race, take_the_lock_out
from products.tests.factories import by, make_product, reload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def sell_in_turn(products, runners, *, found=0):
    """Everybody sells one of each; every second one reads the list from its end."""
    place = Location.objects.get_default().pk
    agreed = {product.pk: found for product in products}

    def sell(number):
        ordered = products if number % 2 else products[::-1]
        return sell_goods(
            lines=[Sold(product.pk, 1) for product in ordered],
            location_id=place,
            found=agreed,
            circumstances=by(once=Once(uuid.uuid4().hex, {})),
        )

    return race(sell, runners)


def test_sales_of_the_same_products_in_different_orders():
    products = [make_product(stock=6) for _number in range(8)]
    answers = sell_in_turn(products, 16)
    kinds = Counter(type(answer) for answer in answers)
    assert kinds == {Operation: 6, InsufficientStock: 10}
    assert {reload(product).on_hand for product in products} == {0}


def test_deliveries_and_sales_at_once():
    products = [make_product(stock=4) for _number in range(6)]
    place = Location.objects.get_default().pk

    def act(number):
        lines = products if number % 2 else products[::-1]
        if number % 3:
            return receive_goods(
                lines=[Received(product.pk, 2) for product in lines],
                location_id=place,
                circumstances=by(),
            )
        return sell_goods(
            lines=[Sold(product.pk, 1) for product in lines],
            location_id=place,
            circumstances=by(),
        )

    answers = race(act, 12)
    assert {type(answer) for answer in answers} == {Operation}
    assert {reload(product).on_hand for product in products} == {4 + 8 * 2 - 4}


def test_what_is_found_is_found_once():
    product = make_product(stock=1)
    answers = sell_in_turn([product], 4, found=1)
    assert {type(answer) for answer in answers} == {Operation}
    assert reload(product).on_hand == 0
    assert product.movements.filter(kind="found").count() == 3


def test_twin_without_the_lock_goes_wrong(monkeypatch):
    products = [make_product(stock=2) for _number in range(3)]
    take_the_lock_out(monkeypatch, runners=4)
    answers = sell_in_turn(products, 4)
    kinds = Counter(type(answer) for answer in answers)
    assert kinds != {Operation: 2, InsufficientStock: 2}
    assert any(isinstance(answer, DatabaseError) for answer in answers), answers
    levels_left = StockLevel.objects.values_list("on_hand", flat=True)
    assert min(levels_left) >= 0


def test_twin_that_locks_in_the_order_of_the_lines_deadlocks(monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer, and no row to wait for")
    products = [make_product(stock=5) for _number in range(2)]
    both_have_one = threading.Barrier(2)
    met = threading.local()  # a sale locks twice, and the second time it is alone

    def lock_as_they_come(product_ids, _cursor):
        locked = {}
        for pk in product_ids:
            locked[pk] = Product.objects.select_for_update().get(pk=pk)
            if not hasattr(met, "once"):
                met.once = True
                both_have_one.wait(PATIENCE)
        return locked

    monkeypatch.setattr(levels, "lock_for_posting", lock_as_they_come)
    answers = sell_in_turn(products, 2)
    assert any(isinstance(answer, DatabaseError) for answer in answers), answers
