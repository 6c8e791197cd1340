"""Forty buyers, ten pieces: exactly ten get one, and thirty are told there is none."""

import uuid
from collections import Counter

import pytest
from django.db import DatabaseError

from products.errors import InsufficientStock
from products.models import Operation, StockLevel
from products.services.operations import Once
from products.services.stock import issue_stock
from products.tests.concurrency.racing import race, take_the_lock_out
from products.tests.factories import by, make_product, place_of, receive, reload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def new_key() -> str:
    """Return a key no test before used.

    InnoDB locks the gap around the deleted row of a key that comes again; buyers with
    neighbouring keys would then wait for each other before they get to the race.
    """
    return uuid.uuid4().hex


def outcome(answer: object) -> str:
    kinds = {Operation: "sold", InsufficientStock: "refused"}
    return next((word for kind, word in kinds.items() if isinstance(answer, kind)), "?")


def buy(product, buyers):
    place = place_of(product)

    def one(_number):
        once = Once(new_key(), {"quantity": 1})
        return issue_stock(place=place, quantity=1, circumstances=by(once=once))

    return race(one, buyers)


def test_forty_buyers_for_ten_pieces():
    product = make_product(stock=10)
    answers = buy(product, 40)
    assert Counter(map(outcome, answers)) == {"sold": 10, "refused": 30}
    assert reload(product).on_hand == StockLevel.objects.get().on_hand == 0
    assert product.movements.filter(kind="sold").count() == 10


def test_twin_without_the_lock_goes_wrong(monkeypatch):
    product = make_product(stock=3)
    take_the_lock_out(monkeypatch, runners=6)
    answers = buy(product, 6)
    assert Counter(map(outcome, answers)) != {"sold": 3, "refused": 3}
    assert any(isinstance(answer, DatabaseError) for answer in answers), answers


def test_first_stock_of_a_place_from_many_hands():
    product = make_product()
    race(lambda _number: receive(product, 1), 12)
    assert reload(product).on_hand == StockLevel.objects.get().on_hand == 12
    sequences = product.movements.order_by("sequence").values_list(
        "sequence", flat=True
    )
    assert list(sequences) == list(range(1, 13))


def test_twin_of_first_stock_goes_wrong(monkeypatch):
    product = make_product()
    place = place_of(product)
    take_the_lock_out(monkeypatch, runners=4)

    def one(_number):
        once = Once(new_key(), {})
        return receive(product, 1, circumstances=by(once=once))

    answers = race(one, 4)
    assert any(isinstance(answer, DatabaseError) for answer in answers), answers
    assert StockLevel.objects.get(location_id=place.location_id).on_hand < 4
