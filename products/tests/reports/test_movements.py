import pytest
from pytest_django import DjangoAssertNumQueries

from products.models import Location, Operation
from products.reports.movements import (
    ledger_of,
    movements_of,
    undoable,
    with_on_hand,
)
from products.services.archiving import archive_products
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_location, make_product, receive

pytestmark = pytest.mark.django_db


def test_balance_is_that_of_all_stock_locations() -> None:
    product = make_product(stock=10)
    receive(product, 5, location=make_location())
    adjust(product, -2)
    moved = with_on_hand(movements_of(product.pk), ledger_of(product.pk).on_hand)
    assert [(one.movement.delta, one.on_hand) for one in moved] == [
        (-2, 13),
        (5, 15),
        (10, 10),
    ]


def test_goods_in_transit_are_listed_but_not_on_hand() -> None:
    product = make_product(stock=10)
    receive(product, 5, location=make_location("R", "R", kind=Location.Kind.TRANSIT))
    ledger = ledger_of(product.pk)
    assert (ledger.count, ledger.on_hand) == (2, 10)
    moved = with_on_hand(movements_of(product.pk), ledger.on_hand)
    assert [one.on_hand for one in moved] == [10, 10]


def test_a_later_page_goes_on_where_the_one_before_ended() -> None:
    product = make_product(stock=10)
    for _time in range(3):
        adjust(product, -1)
    older = list(movements_of(product.pk)[2:])
    balance = ledger_of(product.pk, until=older[0].pk).on_hand
    assert [one.on_hand for one in with_on_hand(older, balance)] == [9, 10]


def test_who_why_and_where_come_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    product = make_product(stock=1)
    adjust(product, 2, reason="found behind the shelf")
    with django_assert_num_queries(1):
        newest = movements_of(product.pk)[0]
        words = (newest.operation.actor_label, newest.operation.reason)
        assert words == ("Tess Tester", "found behind the shelf")
        assert newest.location.name


def test_no_movements() -> None:
    product = make_product()
    assert ledger_of(product.pk).count == 0
    assert ledger_of(product.pk).on_hand == 0
    assert with_on_hand([], 0) == []


class TestUndoable:
    def test_an_adjustment(self) -> None:
        product = make_product(stock=1)
        operation = adjust(product, 1)
        assert undoable(operation.pk, product.pk) == operation

    def test_not_twice(self) -> None:
        product = make_product(stock=1)
        operation = adjust(product, 1)
        undoing = undo_operation(operation_id=operation.pk, circumstances=by())
        assert undoable(operation.pk, product.pk) is None
        assert undoable(undoing.pk, product.pk) is None

    def test_not_the_making_of_the_product(self) -> None:
        product = make_product(stock=1)
        added = Operation.objects.get(movements__product_id=product.pk)
        assert undoable(added.pk, product.pk) is None

    def test_not_what_touched_other_products_too(self) -> None:
        product, other = make_product(stock=1), make_product(stock=1)
        operation = archive_products(
            product_ids=[product.pk, other.pk], circumstances=by()
        )
        Operation.objects.filter(pk=operation.pk).update(kind="product_edited")
        assert undoable(operation.pk, product.pk) is None
