"""Holds and the others: who comes second hears so, and no unit is promised twice."""

import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from products.errors import InsufficientStock, WrongState
from products.models import Hold, Operation, StockLevel
from products.models.holds import HoldQuerySet
from products.reports.stock_check import check_stock
from products.services import ledger, levels, reservations
from products.services.expiry import expire_holds
from products.services.operations import Once
from products.services.reservations import (
    Wanted,
    fulfil_holds,
    hold_stock,
    release_holds,
    renew_holds,
)
from products.services.stock import issue_stock
from products.tests.concurrency.racing import (
    PATIENCE,
    begin_deferred,
    race,
    read_products,
    take_the_lock_out,
)
from products.tests.factories import by, make_product, place_of, reload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

WORDS = {
    Operation: "done",
    InsufficientStock: "refused",
    WrongState: "refused",
}


def once():
    """A request that no other test makes; see test_last_piece."""
    return by(once=Once(uuid.uuid4().hex, {"quantity": 1}))


def outcome(answers):
    return Counter(WORDS.get(type(answer), "wrong") for answer in answers)


def take_turns(*jobs):
    """Return what each of the jobs got, all of them at once."""
    return race(lambda number: jobs[number](), len(jobs))


def without_locks(monkeypatch, *, point):
    """Let two threads read all they need before either of them writes at `point`."""
    together = threading.Barrier(2)
    met = threading.local()
    owner, name = point
    write = getattr(owner, name)

    def write_together(*args, **kwargs):
        writes_something = [] not in args
        if writes_something and not getattr(met, "once", False):
            met.once = True
            together.wait(PATIENCE)
        return write(*args, **kwargs)

    def read_levels(product_ids, _cursor):
        rows = StockLevel.objects.filter(product_id__in=product_ids)
        return {(level.product_id, level.location_id): level for level in rows}

    monkeypatch.setattr(owner, name, write_together)
    monkeypatch.setattr(levels, "lock_for_posting", read_products)
    monkeypatch.setattr(levels, "lock_levels", read_levels)
    monkeypatch.setattr(reservations, "lock_holds", Hold.objects.in_bulk)


def take_locks_out(monkeypatch, *, point):
    """On SQLite the lock is the transaction; see `take_the_lock_out`."""
    if connection.vendor == "sqlite":
        take_the_lock_out(monkeypatch, runners=2)
    else:
        without_locks(monkeypatch, point=point)


LEVELS = (ledger, "save_levels")
HOLDS = (HoldQuerySet, "bulk_update")


def hold_one(product):
    return lambda: hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=once())


def sell_one(product):
    place = place_of(product)
    return lambda: issue_stock(place=place, quantity=1, circumstances=once())


def held(product, **kwargs):
    operation = hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by(), **kwargs)
    return [hold.pk for hold in operation.holds.all()]


class TestTheLastPiece:
    def test_of_twelve_who_hold_it_one_does(self):
        product = make_product(stock=1)
        answers = take_turns(*[hold_one(product)] * 12)
        assert outcome(answers) == {"done": 1, "refused": 11}
        assert Hold.objects.get().quantity == reload(product).reserved == 1

    def test_is_held_or_sold(self):
        product = make_product(stock=1)
        answers = take_turns(*[hold_one(product), sell_one(product)] * 4)
        assert outcome(answers) == {"done": 1, "refused": 7}
        assert check_stock().ok

    def test_twin_of_two_who_hold_it(self, monkeypatch):
        product = make_product(stock=1)
        take_locks_out(monkeypatch, point=LEVELS)
        answers = take_turns(*[hold_one(product)] * 2)
        assert outcome(answers) != {"done": 1, "refused": 1}, answers

    def test_twin_that_is_held_and_sold(self, monkeypatch):
        product = make_product(stock=1)
        take_locks_out(monkeypatch, point=LEVELS)
        answers = take_turns(hold_one(product), sell_one(product))
        assert outcome(answers) != {"done": 1, "refused": 1}, answers


class TestOneHold:
    def ends(self, ids):
        return [
            lambda: fulfil_holds(hold_ids=ids, circumstances=once()),
            lambda: release_holds(hold_ids=ids, circumstances=once()),
        ]

    def test_is_fulfilled_or_released(self):
        product = make_product(stock=3)
        answers = take_turns(*self.ends(held(product)) * 4)
        assert outcome(answers) == {"done": 1, "refused": 7}
        state = Hold.objects.get().state
        row = reload(product)
        left = {"fulfilled": 2, "released": 3}[state]
        assert (row.on_hand, row.reserved) == (left, 0)
        assert check_stock().ok

    def test_twin_that_is_fulfilled_and_released(self, monkeypatch):
        ids = held(make_product(stock=3))
        take_locks_out(monkeypatch, point=HOLDS)
        answers = take_turns(*self.ends(ids))
        assert outcome(answers) != {"done": 1, "refused": 1}, answers


class TestItsLastMinute:
    def minute(self):
        product = make_product(stock=3)
        until = timezone.now() + timedelta(hours=1)
        ids = held(product, expires_at=until)

        def renew():
            later = until + timedelta(hours=1)
            return renew_holds(hold_ids=ids, expires_at=later, circumstances=once())

        return product, renew, lambda: expire_holds(now=until)

    def test_is_renewed_or_expires(self):
        product, renew, expire = self.minute()
        renewed, expired = take_turns(renew, expire)
        hold = Hold.objects.get()
        assert (type(renewed), expired, hold.state, reload(product).reserved) in [
            (Operation, 0, Hold.State.OPEN, 1),
            (WrongState, 1, Hold.State.EXPIRED, 0),
        ]
        assert check_stock().ok

    def test_twin_that_is_renewed_and_expires(self, monkeypatch):
        _product, renew, expire = self.minute()
        without_locks(monkeypatch, point=HOLDS)
        if connection.vendor == "sqlite":
            wrapper = type(connections["default"])
            monkeypatch.setattr(
                wrapper, "_start_transaction_under_autocommit", begin_deferred
            )
        renewed, expired = take_turns(renew, expire)
        both = isinstance(renewed, Operation) and expired == 1
        assert both or any(isinstance(got, DatabaseError) for got in (renewed, expired))
