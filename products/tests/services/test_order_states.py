"""What keeps a line of an order from being posted twice, asked directly."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from products.errors import InsufficientStock, PeriodClosed
from products.models import Operation, OrderLine
from products.services.closings import move_closing
from products.services.operations import start_operation
from products.services.order_states import find_states, order_conflicts
from products.services.orders import (
    OrderPosting,
    OrdersOutdated,
    order_line_key,
    post_order_lines,
)
from products.tests.factories import by, make_product, place_of, reload

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def mug():
    return make_product(sku="MUG", stock=10, cost=Decimal(4))


def posting(product, **fields):
    place = place_of(product)
    defaults = {
        "key": order_line_key("#1", 1, product.sku, ""),
        "turn": 0,
        "order_name": "#1",
        "position": 1,
        "sku": product.sku,
        "product_id": place.product_id,
        "location_id": place.location_id,
        "quantity": 2,
        "sold_at": NOW - timedelta(days=3),
    }
    return OrderPosting(**defaults | fields)


def post(*postings):
    with transaction.atomic():
        operation, _is_new = start_operation(Operation.Kind.IMPORTED, by())
        post_order_lines(operation=operation, postings=postings, now=timezone.now())
    return operation


def test_each_line_has_its_own_date_and_its_own_value(mug):
    early = NOW - timedelta(days=9)
    operation = post(
        posting(mug),
        posting(mug, key="other", quantity=3, sold_at=early),
    )
    rows = operation.movements.order_by("sequence")
    assert [row.effective_at for row in rows] == [NOW - timedelta(days=3), early]
    values = operation.order_lines.order_by("pk").values_list("value", flat=True)
    assert list(values) == [8, 12]


def test_the_earliest_date_is_asked_about(mug):
    closed = timezone.localdate(NOW) - timedelta(days=5)
    move_closing(through=closed, reason="Month end", author=by().author)
    post(posting(mug))
    late = posting(mug, key="other", sold_at=NOW - timedelta(days=6))
    with pytest.raises(PeriodClosed):
        post(posting(mug, key="third"), late)
    assert reload(mug).on_hand == 8


def test_a_sale_that_is_posted_is_not_posted_again(mug):
    post(posting(mug))
    for turn in (0, 1):
        with pytest.raises(OrdersOutdated, match="#1"):
            post(posting(mug, turn=turn))
    assert reload(mug).on_hand == 8


def test_nothing_returns_that_was_not_sold(mug):
    with pytest.raises(OrdersOutdated):
        post(posting(mug, sold_at=None))


def test_two_postings_of_one_turn_are_not_possible(mug, monkeypatch):
    monkeypatch.setattr("products.services.orders._check_turns", lambda lines: None)
    post(posting(mug))
    with pytest.raises(IntegrityError):
        post(posting(mug))


def test_all_lines_or_none(mug):
    with pytest.raises(InsufficientStock):
        post(posting(mug), posting(mug, key="other", quantity=9))
    assert not OrderLine.objects.exists()


def test_keys_fold_what_people_write_differently():
    key = order_line_key("#1001", 1, "MUG", "Mug")
    assert key == order_line_key(" #1001", 1, "mug ", "Cup")
    others = [("#1002", 1, "MUG"), ("#1001", 2, "MUG"), ("#1001", 1, "")]
    assert key not in {order_line_key(*other, "Mug") for other in others}
    assert order_line_key("#1", 1, "", "mug") != order_line_key("#1", 1, "mug", "")


def test_what_has_nothing_to_do_with_orders_has_no_conflicts(
    mug, django_assert_num_queries
):
    operation = mug.movements.get().operation
    with django_assert_num_queries(1):
        assert order_conflicts(operation, [mug.pk]) == {}
    assert find_states(["nothing"])["nothing"].takes(is_return=False)
