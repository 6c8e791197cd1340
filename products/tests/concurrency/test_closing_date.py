"""A late entry is booked while the closing date moves: one comes first, never both."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from products.errors import PeriodClosed
from products.models import Closing, Operation, StockMovement
from products.services import closings, ledger, operations
from products.services.closings import move_closing
from products.services.operations import Author, Once
from products.tests.concurrency.racing import PATIENCE, begin_deferred, race
from products.tests.concurrency.test_last_piece import new_key
from products.tests.factories import by, make_product, receive

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def close() -> int:
    """Close the books through yesterday; return how many late entries were there."""
    with transaction.atomic():
        move_closing(
            through=timezone.localdate() - timedelta(days=1),
            reason="Month end",
            author=Author("Ada", Operation.Source.SITE),
        )
        return late_entries()


def late_entries() -> int:
    return StockMovement.objects.filter(is_backdated=True).count()


def book(product: Any) -> Any:
    at = timezone.now() - timedelta(days=9)
    once = Once(new_key(), {})
    return receive(product, 1, circumstances=by(effective_at=at, once=once))


@pytest.mark.parametrize("attempt", range(4))
def test_nothing_slips_in_behind_the_closing(attempt: int) -> None:
    products = [make_product() for _number in range(5)]
    answers = race(lambda n: book(products[n]) if n < 5 else close(), 6)
    assert answers[5] == late_entries(), attempt
    assert {type(answer) for answer in answers[:5]} <= {Operation, PeriodClosed}


def take_the_lock_out(
    monkeypatch: pytest.MonkeyPatch, between: Callable[[], None]
) -> None:
    """Do `between` after the closing was looked at, with nothing to keep it there.

    SQLite's lock is the IMMEDIATE transaction, so there a deferred one begins with a
    read.
    """
    is_sqlite = connection.vendor == "sqlite"
    module, name = (
        (operations, "find_repeated") if is_sqlite else (ledger, "check_open")
    )
    look = getattr(module, name)

    def look_and_wait(asked: Any) -> Any:
        found = look(asked)
        between()
        return found

    monkeypatch.setattr(module, name, look_and_wait)
    monkeypatch.setattr(closings, "lock_closing", Closing.objects.current)
    if is_sqlite:
        wrapper = type(connections["default"])
        begin = "_start_transaction_under_autocommit"
        monkeypatch.setattr(wrapper, begin, begin_deferred)


def test_twin_without_the_lock_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    product = make_product()
    was_looked_at, is_closed = threading.Event(), threading.Event()
    seen: list[int] = []

    def wait_for_the_closing() -> None:
        was_looked_at.set()
        assert is_closed.wait(PATIENCE)

    def close_meanwhile() -> None:
        assert was_looked_at.wait(PATIENCE)
        seen.append(close())
        is_closed.set()

    take_the_lock_out(monkeypatch, wait_for_the_closing)
    jobs = [lambda: book(product), close_meanwhile]
    answers = race(lambda n: jobs[n](), 2)
    assert isinstance(answers[0], DatabaseError) or seen != [late_entries()]
