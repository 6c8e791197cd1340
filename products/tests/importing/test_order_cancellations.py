"""Orders that were cancelled or voided: nothing is posted, or the sale taken back."""

from decimal import Decimal

import pytest

from products.models import StockMovement
from products.services.deleting import delete_product
from products.services.locations import deactivate_location
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.importing.files import counts, import_text, notes, refused
from products.tests.importing.order_files import (
    import_orders,
    line,
    order,
    postings,
    sold,
    text_of,
)

pytestmark = pytest.mark.django_db

CANCELLED = {"cancelled_at": "2025-10-08 10:00:00 +0200"}
VOIDED = {"financial_status": "voided"}


@pytest.fixture
def mug():
    return make_product(sku="MUG", name="Mug", stock=10, cost=4)


@pytest.mark.parametrize("own", [CANCELLED, VOIDED])
def test_a_cancelled_order_that_was_never_posted_posts_nothing(mug, own):
    outcome = import_orders(order("#1001", line(), line("FEE", ""), **own))
    assert counts(outcome) == (0, 0, 2, 0)
    assert outcome.run.operation is None
    assert postings() == []


@pytest.mark.parametrize("own", [CANCELLED, VOIDED])
def test_what_was_posted_is_taken_back_once(mug, own):
    make_product(sku="CUP", stock=2)
    lines = [line(quantity=3), line("CUP")]
    import_orders(order("#1001", *lines))
    cancelled = text_of(order("#1001", *lines, **own))
    outcome = import_text(cancelled)
    assert counts(outcome) == (0, 2, 0, 0)
    assert sold() == [("CUP", -1), ("CUP", 1), ("MUG", -3), ("MUG", 3)]
    assert counts(import_text(cancelled)) == (0, 0, 2, 0)
    assert reload(mug).on_hand == 10


def test_an_older_export_does_not_sell_a_cancelled_order_again(mug):
    paid = order("#1001", line(quantity=3))
    import_orders(paid)
    import_orders(order("#1001", line(quantity=3), **CANCELLED))
    assert counts(import_orders(paid)) == (0, 0, 1, 0)
    assert reload(mug).on_hand == 10


def test_goods_come_back_at_the_value_they_left_with(mug):
    import_orders(order("#1001", line(quantity=3)))  # at 4.00
    receive(mug, 7, cost="10")
    outcome = import_orders(order("#1001", line(quantity=3), **CANCELLED))
    movement = StockMovement.objects.get(operation=outcome.run.operation)
    assert (movement.kind, movement.delta) == ("returned", 3)
    assert movement.value_delta == Decimal(12)
    assert not movement.is_backdated
    level = mug.levels.get()
    assert (level.on_hand, level.value) == (17, Decimal(4 * 10 + 7 * 10))


def test_what_was_posted_counts_not_what_the_file_says_now(mug):
    import_orders(order("#1001", line(quantity=3)))
    outcome = import_orders(order("#1001", line(quantity=""), **CANCELLED))
    assert counts(outcome) == (0, 1, 0, 0)
    assert reload(mug).on_hand == 10


def test_what_returns_can_be_sold_by_the_same_file(mug):
    import_orders(order("#1001", line(quantity=10)))
    outcome = import_orders(
        order("#1003", line(quantity=9)),
        order("#1002", line(quantity=2)),
        order("#1001", line(quantity=10), **CANCELLED),
    )
    assert counts(outcome) == (1, 1, 0, 1)
    assert refused(outcome)[0][:2] == (3, "Lineitem quantity")
    assert outcome.run.rows.get(record=2).plan["stock"][0][1:] == [10, -9]
    assert reload(mug).on_hand == 1


def test_a_return_to_a_deleted_product_is_refused(mug):
    import_orders(order("#1001"))
    delete_product(product_id=mug.pk, circumstances=by())
    outcome = import_orders(order("#1001", **CANCELLED))
    assert refused(outcome) == [
        (2, "Lineitem sku", "“MUG” was deleted since its sale was posted.")
    ]


def test_a_return_to_a_location_out_of_use_is_refused():
    back = make_location()
    cup = make_product(sku="CUP", stock=1, location=back)
    import_orders(order("#1001", line("CUP"), location="BACK"))
    deactivate_location(location_id=back.pk)
    outcome = import_orders(order("#1001", line("CUP"), location="BACK", **CANCELLED))
    assert refused(outcome)[0][1:] == (
        "Location",
        "“Back room” is not in use for stock.",
    )
    assert reload(cup).on_hand == 0


def test_a_renamed_sku_does_not_keep_goods_from_coming_back(mug):
    import_orders(order("#1001", line(quantity=2)))
    adjust(mug, -8)
    type(mug).objects.filter(pk=mug.pk).update(sku="CUP", sku_key="cup")
    outcome = import_orders(order("#1001", line(quantity=2), **CANCELLED))
    assert counts(outcome) == (0, 1, 0, 0)
    assert reload(mug).on_hand == 2


def test_no_refund_is_noted_of_a_cancelled_order(mug):
    own = {"financial_status": "refunded", **CANCELLED}
    assert notes(import_orders(order("#1001", **own))) == []
