"""The second click at the same moment, two undos at once, one SKU for two."""

from collections import Counter

import pytest
from django.db import DatabaseError

from products.errors import CannotUndo, FieldRefused
from products.models import Operation, Product
from products.services import operations, undo
from products.services.operations import Once
from products.services.stock import issue_stock
from products.services.undo import undo_operation
from products.tests.concurrency.racing import race
from products.tests.factories import adjust, by, make_product, place_of, reload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def test_one_key_posts_once_however_often_it_comes():
    product = make_product(stock=10)
    place, once = place_of(product), Once("the form", {"quantity": 2})
    answers = race(
        lambda _n: issue_stock(place=place, quantity=2, circumstances=by(once=once)),
        8,
    )
    assert len({answer.pk for answer in answers}) == 1
    assert reload(product).on_hand == 8


def test_twin_that_forgets_the_key_goes_wrong(monkeypatch):
    product = make_product(stock=10)
    place = place_of(product)
    monkeypatch.setattr(operations, "find_repeated", lambda _once: None)
    once = Once("the form", {"quantity": 2})
    answers = race(
        lambda _n: issue_stock(place=place, quantity=2, circumstances=by(once=once)),
        4,
    )
    assert any(isinstance(answer, DatabaseError) for answer in answers)


def test_an_operation_is_undone_once():
    product = make_product(stock=10)
    operation = adjust(product, -4)
    answers = race(
        lambda _n: undo_operation(operation_id=operation.pk, circumstances=by()), 6
    )
    kinds = Counter(type(answer) for answer in answers)
    assert kinds == {Operation: 1, CannotUndo: 5}
    assert reload(product).on_hand == 10


def test_twin_that_does_not_lock_the_operation_is_stopped_by_the_index(monkeypatch):
    product = make_product(stock=10)
    operation = adjust(product, -4)

    monkeypatch.setattr(undo, "lock_operation", lambda pk: Operation.objects.get(pk=pk))
    monkeypatch.setattr(undo, "was_undone", lambda _operation: False)
    answers = race(
        lambda _n: undo_operation(operation_id=operation.pk, circumstances=by()), 4
    )
    assert any(isinstance(answer, DatabaseError) for answer in answers)
    assert reload(product).on_hand == 10


def test_one_sku_for_two_people():
    answers = race(lambda _n: make_product(sku="MUG", stock=1), 6)
    kinds = Counter(type(answer) for answer in answers)
    assert kinds == {Product: 1, FieldRefused: 5}
