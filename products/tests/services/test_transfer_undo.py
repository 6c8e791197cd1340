"""Undo of each step of a transfer, and of the undo."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from products.errors import CannotUndo
from products.models import Operation, Product, Transfer
from products.reports.stock_check import check_stock
from products.services.locations import activate_location, deactivate_location
from products.services.records import transfer_as_json
from products.services.transfer_lines import Arrival
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_product
from products.tests.transfers import (
    back_room,
    cancel,
    draft,
    receive,
    refreshed,
    send,
    sent,
    stock,
)

pytestmark = pytest.mark.django_db


def undo(operation: Operation) -> Operation:
    return undo_operation(operation_id=operation.pk, circumstances=by())


def state(transfer: Transfer, product: Product) -> tuple[object, object]:
    document = transfer_as_json(refreshed(transfer), transfer.lines.all())
    return document, stock(product)


def make(product: Product, name: str) -> tuple[Transfer, object]:
    """A transfer just before the step `name`, and that step."""
    steps = {
        "send": (draft, send),
        "receive": (sent, lambda one: receive(one, Arrival(4))),
        "receive a part": (sent, lambda one: receive(one, Arrival(1))),
        "lose": (sent, lambda one: receive(one, Arrival(3, lost=1), reason="wet")),
        "find": (sent, lambda one: receive(one, Arrival(4, extra=2), reason="two")),
        "cancel a draft": (draft, cancel),
        "cancel on the way": (sent, cancel),
    }
    begin, step = steps[name]
    return begin((product, 4)), step


@pytest.mark.parametrize(
    "name",
    [
        "send",
        "receive",
        "receive a part",
        "lose",
        "find",
        "cancel a draft",
        "cancel on the way",
    ],
)
def test_each_step_there_and_back_and_there(name):
    product = make_product(stock=10, cost=Decimal("3.33"))
    transfer, step = make(product, name)
    before = state(transfer, product)
    operation = step(transfer)
    after = state(transfer, product)
    assert before != after
    undoing = undo(operation)
    assert state(transfer, product) == before
    undo(undoing)
    assert state(transfer, product) == after
    assert check_stock().ok


def test_not_while_a_later_step_stands():
    product = make_product(stock=10)
    transfer = draft((product, 4))
    sending = send(transfer)
    receiving = receive(transfer, Arrival(1))
    with pytest.raises(CannotUndo, match="has gone on since"):
        undo(sending)
    undo(receiving)
    undo(sending)
    assert stock(product)["MAIN"][0] == 10
    assert refreshed(transfer).state == "draft"


def test_not_when_the_goods_are_gone():
    product = make_product(stock=4)
    transfer = sent((product, 4))
    operation = receive(transfer, Arrival(4))
    adjust(product, -3, location=back_room())
    with pytest.raises(CannotUndo, match="Only 1 is available"):
        undo(operation)
    assert refreshed(transfer).state == "received"


def test_not_when_the_source_sold_what_came_back():
    product = make_product(stock=4)
    transfer = sent((product, 4))
    operation = cancel(transfer)
    adjust(product, -4)
    with pytest.raises(CannotUndo):
        undo(operation)


@pytest.mark.parametrize("name", ["lose it all", "cancel a draft"])
def test_not_at_a_place_that_is_out_of_use(name):
    transfer = draft((make_product(stock=4), 4))
    if name == "lose it all":
        send(transfer)
        operation = receive(transfer, Arrival(0, lost=4), reason="stolen")
    else:
        operation = cancel(transfer)
    deactivate_location(location_id=back_room().pk)
    ended = refreshed(transfer).state
    with pytest.raises(CannotUndo, match="“Back room” is not in use"):
        undo(operation)
    assert refreshed(transfer).state == ended
    activate_location(location_id=back_room().pk)
    undo(operation)
    assert refreshed(transfer).state in Transfer.OPEN


def test_a_step_of_another_time_zone_can_be_undone():
    product = make_product(stock=4)
    transfer = draft((product, 4))
    now = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
    undo(send(transfer, now=now))
    assert refreshed(transfer).state == "draft"
