"""Counting and applying while the shop goes on selling; two people who apply."""

import threading
import uuid
from collections import Counter

import pytest
from django.db import DatabaseError, connections

from products.errors import InsufficientStock, InvalidLine, WrongState
from products.models import Operation, StockLevel, StockMovement, Stocktake
from products.services import stocktake_applying, stocktakes
from products.services.operations import Once
from products.services.stock import issue_stock
from products.services.stocktakes import start_stocktake
from products.tests.concurrency.racing import PATIENCE, begin_deferred, race
from products.tests.factories import by, make_product, place_of, reload
from products.tests.stocktaking import (
    apply,
    count,
    draft,
    line_of,
    review,
    started,
    who,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

SELLERS = 8


def kinds(answers) -> Counter:
    return Counter(type(answer).__name__ for answer in answers)


def sell_one(place):
    once = Once(uuid.uuid4().hex, {"quantity": 1})
    return issue_stock(place=place, quantity=1, circumstances=by(once=once))


@pytest.fixture
def product():
    return make_product(stock=40)


@pytest.fixture
def counted(product):
    """In review: 37 of 40 were there."""
    stocktake = started()
    count(stocktake, product, 37)
    return review(stocktake)


def read_together(monkeypatch: pytest.MonkeyPatch, runners: int) -> None:
    """Let everybody see the stocktake in review before anybody applies it.

    That is what would happen without the lock on its row, which on SQLite is the
    transaction's.
    """
    together = threading.Barrier(runners)
    seen = threading.local()

    def read(stocktake_id: int) -> Stocktake:
        stocktake = Stocktake.objects.get(pk=stocktake_id)
        if not hasattr(seen, "once"):
            seen.once = True
            together.wait(PATIENCE)
        return stocktake

    monkeypatch.setattr(stocktake_applying, "lock_stocktake", read)


class TestTwoApply:
    def test_one_wins(self, product, counted):
        answers = race(lambda _n: apply(counted), 4)
        assert kinds(answers) == {"Operation": 1, "WrongState": 3}
        assert reload(product).on_hand == 37

    def test_second_click_is_the_same_operation(self, product, counted):
        once = Once(uuid.uuid4().hex, {})
        answers = race(lambda _n: apply(counted, once=once), 4)
        assert len({answer.pk for answer in answers}) == 1
        assert reload(product).on_hand == 37

    def test_twin_without_the_lock_goes_wrong(self, product, counted, monkeypatch):
        read_together(monkeypatch, 2)
        if connections["default"].vendor == "sqlite":
            wrapper = type(connections["default"])
            monkeypatch.setattr(
                wrapper, "_start_transaction_under_autocommit", begin_deferred
            )
        answers = race(lambda _n: apply(counted), 2)
        wrong = [one for one in answers if isinstance(one, DatabaseError)]
        assert wrong or reload(product).on_hand == 34, answers


def test_sales_while_counting_and_applying_lose_no_unit(product):
    stocktake, place = started(), place_of(product)
    sold = threading.Semaphore(0)

    def act(number):
        if number:
            answer = sell_one(place)
            sold.release()
            return answer
        sold.acquire(timeout=PATIENCE)  # amid the sales
        there = StockLevel.objects.get().on_hand
        count(stocktake, product, max(there - 3, 0))
        review(stocktake)
        return apply(stocktake)

    answers = race(act, SELLERS + 1)
    assert kinds(answers) == {"Operation": SELLERS + 1}, answers
    line = line_of(stocktake, product)
    assert reload(product).on_hand == 40 - SELLERS + line.difference
    moved = StockMovement.objects.filter(sequence__gt=1, kind="sold").count()
    assert moved == SELLERS


def test_applying_and_selling_the_last_pieces_never_goes_below_zero():
    product = make_product(stock=3)
    stocktake = started()
    count(stocktake, product, 1)
    review(stocktake)
    place = place_of(product)
    answers = race(lambda n: sell_one(place) if n else apply(stocktake), 4)
    refused = {"InsufficientStock": 0, "NeedsDecision": 0} | kinds(answers)
    on_hand = reload(product).on_hand
    is_applied = isinstance(answers[0], Operation)
    sales = sum(isinstance(one, Operation) for one in answers[1:])
    assert on_hand == 3 - sales - (2 if is_applied else 0) >= 0
    assert refused["InsufficientStock"] + refused["NeedsDecision"] >= 1
    assert all(isinstance(one, Operation | InsufficientStock) for one in answers[1:])


def test_counts_from_many_hands_are_each_kept_once(product):
    stocktake = started()
    key = uuid.uuid4().hex
    answers = race(
        lambda n: count(stocktake, product, 1, key=key if n < 4 else uuid.uuid4().hex),
        8,
    )
    assert len({answer.pk for answer in answers}) == 5


def test_product_goes_into_one_of_two_stocktakes(product):
    drafts = [draft("One"), draft("Two")]
    answers = race(
        lambda n: start_stocktake(stocktake_id=drafts[n].pk, author=who()), 2
    )
    assert kinds(answers) == {"Stocktake": 1, "InvalidLine": 1}
    assert product.stocktake_lines.count() == 1


def test_twin_that_does_not_look_is_stopped_by_the_index(product, monkeypatch):
    monkeypatch.setattr(stocktakes, "_refuse_taken", lambda *_args: None)
    drafts = [draft("One"), draft("Two")]
    answers = race(
        lambda n: start_stocktake(stocktake_id=drafts[n].pk, author=who()), 2
    )
    assert kinds(answers)["InvalidLine"] == 1
    assert any(isinstance(one, InvalidLine) for one in answers)
    assert product.stocktake_lines.count() == 1


def test_a_count_never_slips_into_a_stocktake_that_ends(product):
    stocktake = started()
    count(stocktake, product, 40)
    review(stocktake)

    def act(number):
        return apply(stocktake) if number else count(stocktake, product, 5)

    answers = race(act, 2)
    assert isinstance(answers[0], WrongState)
    assert reload(product).on_hand == 40
