"""services.stocktake_applying: the differences, on top of what is there now."""

from decimal import Decimal

import pytest
from django.utils import timezone

from products.errors import CannotUndo, NeedsDecision, NothingToPost, WrongState
from products.models import DocumentChange, Operation, StockMovement, Stocktake
from products.services.deleting import delete_product
from products.services.locations import deactivate_location
from products.services.operations import Once
from products.services.reservations import Wanted, hold_stock
from products.services.stocktake_decisions import leave_out
from products.services.stocktakes import cancel_stocktake, start_stocktake
from products.services.undo import undo_operation
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.stocktaking import (
    apply,
    count,
    draft,
    line_of,
    minutes,
    review,
    started,
    who,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def product():
    return make_product(
        sku="MUG",
        stock=10,
        cost=Decimal(2),
        circumstances=by(now=NOW - minutes(90)),
    )


@pytest.fixture
def stocktake(product):
    """In counting for an hour: eight of ten were there half an hour ago."""
    stocktake = started(name="Shelf B", now=NOW - minutes(60))
    count(stocktake, product, 8, now=NOW - minutes(30))
    return stocktake


def figures(stocktake, product):
    line = line_of(stocktake, product)
    return line.counted, line.expected, line.difference, line.value_difference


class TestApply:
    def test_posts_the_difference_whatever_was_sold_since(self, stocktake, product):
        adjust(product, -3)
        receive(product, 20)
        operation = apply(review(stocktake))
        assert reload(product).on_hand == 25
        assert figures(stocktake, product)[:3] == (8, 10, -2)
        movement = operation.movements.get()
        assert (movement.kind, movement.delta) == (StockMovement.Kind.COUNTED, -2)

    def test_is_one_operation_of_its_kind(self, stocktake, product):
        operation = apply(review(stocktake))
        assert operation.kind == Operation.Kind.STOCKTAKE_APPLIED
        assert operation.reference == "Shelf B"
        stocktake.refresh_from_db()
        assert (stocktake.state, stocktake.applied_by) == ("applied", operation)
        assert stocktake.closed_at is not None
        assert line_of(stocktake, product).is_open is None

    def test_keeps_the_value(self, stocktake, product):
        apply(review(stocktake))
        assert figures(stocktake, product)[3] == Decimal(-4)

    def test_keeps_zero_differences_as_evidence(self, product):
        stocktake = started()
        count(stocktake, product, 10)
        operation = apply(review(stocktake))
        assert figures(stocktake, product) == (10, 10, 0, 0)
        assert not operation.movements.exists()

    def test_not_counted_stays_as_it_is(self, stocktake):
        other = make_product(stock=4, circumstances=by(now=NOW - minutes(80)))
        apply(review(stocktake))
        assert reload(other).on_hand == 4

    def test_not_counted_becomes_zero_with_the_tick(self, product):
        other = make_product(stock=4)
        stocktake = started(sets_uncounted_to_zero=True)
        count(stocktake, product, 10)
        apply(review(stocktake))
        assert reload(other).on_hand == 0
        assert figures(stocktake, other)[:3] == (0, 4, -4)

    def test_trail(self, stocktake):
        operation = apply(review(stocktake))
        change = DocumentChange.objects.get(operation=operation)
        assert (change.document, change.document_id) == ("stocktake", stocktake.pk)
        assert (change.before["state"], change.after["state"]) == ("review", "applied")

    def test_product_deleted_meanwhile_is_passed_over(self, stocktake, product):
        other = make_product(stock=3)
        count(stocktake, other, 2)
        delete_product(product_id=product.pk, circumstances=by())
        apply(review(stocktake))
        assert reload(other).on_hand == 2
        assert figures(stocktake, product)[:3] == (8, None, None)

    def test_hold_that_has_expired_holds_nothing(self, stocktake, product):
        hold_stock(
            wanted=[Wanted(product.pk, 9)],
            expires_at=NOW - minutes(5),
            circumstances=by(now=NOW - minutes(20)),
        )
        apply(review(stocktake))
        assert (reload(product).on_hand, reload(product).reserved) == (8, 0)


class TestOnce:
    def test_same_request_gets_the_first_answer(self, stocktake, product):
        once = Once("key", {"apply": stocktake.pk})
        first = apply(review(stocktake), once=once)
        assert apply(stocktake, once=once) == first
        assert reload(product).on_hand == 8

    def test_second_one_is_told(self, stocktake, product):
        apply(review(stocktake))
        with pytest.raises(WrongState, match="applied"):
            apply(stocktake)
        assert reload(product).on_hand == 8


class TestRefuses:
    def test_before_review(self, stocktake):
        with pytest.raises(WrongState):
            apply(stocktake)

    def test_while_a_line_needs_a_decision(self, stocktake, product):
        other = make_product(stock=1, circumstances=by(now=NOW - minutes(80)))
        count(stocktake, other, 0)
        adjust(product, -9)  # a tenth was sold, two were missing: below zero
        with pytest.raises(NeedsDecision, match="1 line needs") as refusal:
            apply(review(stocktake))
        assert refusal.value.count == 1
        stocktake.refresh_from_db()
        assert stocktake.state == Stocktake.State.REVIEW
        assert (reload(product).on_hand, reload(other).on_hand) == (1, 1)
        assert not Operation.objects.filter(kind="stocktake_applied").exists()

    def test_nothing_counted(self, product):
        for is_zero in (False, True):
            stocktake = started(sets_uncounted_to_zero=is_zero)
            with pytest.raises(NothingToPost):
                apply(review(stocktake))
            cancel_stocktake(stocktake_id=stocktake.pk)
        assert reload(product).on_hand == 10


class TestUndo:
    def test_returns_it_to_review_and_applies_the_same_again(self, stocktake, product):
        adjust(product, -3)
        first = apply(review(stocktake))
        assert reload(product).on_hand == 5
        undo_operation(operation_id=first.pk, circumstances=by())
        stocktake.refresh_from_db()
        assert (stocktake.state, stocktake.applied_by) == ("review", None)
        assert line_of(stocktake, product).is_open
        assert reload(product).on_hand == 7
        receive(product, 4)
        second = apply(stocktake)
        assert second.movements.get().delta == first.movements.get().delta == -2
        assert reload(product).on_hand == 9
        assert figures(stocktake, product)[:3] == (8, 10, -2)

    def test_undo_of_the_undo(self, stocktake, product):
        undoing = undo_operation(
            operation_id=apply(review(stocktake)).pk, circumstances=by()
        )
        undo_operation(operation_id=undoing.pk, circumstances=by())
        stocktake.refresh_from_db()
        assert stocktake.state == Stocktake.State.APPLIED
        assert reload(product).on_hand == 8

    def test_forgets_figures_that_a_later_decision_took_away(self, stocktake, product):

        other = make_product(stock=1, circumstances=by(now=NOW - minutes(80)))
        count(stocktake, other, 1)
        operation = apply(review(stocktake))
        undo_operation(operation_id=operation.pk, circumstances=by())
        line = line_of(stocktake, product)
        leave_out(stocktake_id=stocktake.pk, line_ids=[line.pk], note="in use")
        apply(stocktake)
        assert figures(stocktake, product) == (None, None, None, None)

    def test_not_while_another_one_holds_its_products(self, stocktake):

        operation = apply(review(stocktake))
        start_stocktake(stocktake_id=draft().pk, author=who())
        with pytest.raises(CannotUndo):
            undo_operation(operation_id=operation.pk, circumstances=by())

    def test_not_at_a_place_that_is_out_of_use(self):
        back = make_location()
        mug = make_product(stock=2, location=back)
        stocktake = started(location=back)
        count(stocktake, mug, 2)
        operation = apply(review(stocktake))
        adjust(mug, -2, location=back)
        deactivate_location(location_id=back.pk)
        with pytest.raises(CannotUndo, match="“Back room” is not in use"):
            undo_operation(operation_id=operation.pk, circumstances=by())


def test_statements_do_not_grow_with_the_lines(django_assert_max_num_queries):
    products = [make_product(stock=2) for _number in range(30)]
    stocktake = started()
    for product in products:
        count(stocktake, product, 1)
    review(stocktake)
    with django_assert_max_num_queries(30):
        apply(stocktake)
    assert StockMovement.objects.filter(kind="counted").count() == 30
