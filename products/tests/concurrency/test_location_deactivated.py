"""A delivery on its way into a location that somebody puts out of use."""

import threading
from typing import Any

import pytest
from django.db import connection

from products.errors import InventoryError
from products.models import Location, Operation
from products.services import ledger
from products.services.locations import deactivate_location
from products.tests.concurrency.racing import PATIENCE, race
from products.tests.factories import make_location, make_product, receive, reload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def deliver_while_it_closes(
    monkeypatch: pytest.MonkeyPatch, *, patience: float
) -> tuple[Location, Any]:
    """Let the delivery read its location before the other one begins to close it.

    The delivery goes on once the other is done, or after `patience` seconds: where it
    holds the lock, the other can't be done before it.
    """
    back, product = make_location(), make_product()
    has_read, is_done = threading.Event(), threading.Event()
    open_pages = ledger._open_pages

    def open_and_wait(*args: Any) -> Any:
        pages = open_pages(*args)
        has_read.set()
        is_done.wait(patience)
        return pages

    def job(number: int) -> Any:
        if number == 0:
            return receive(product, 5, location=back)
        assert has_read.wait(PATIENCE)
        try:
            return deactivate_location(location_id=back.pk)
        finally:
            is_done.set()

    monkeypatch.setattr(ledger, "_open_pages", open_and_wait)
    answers = race(job, 2)
    back.refresh_from_db()
    return back, (reload(product).on_hand, answers)


def test_one_of_the_two_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    back, (on_hand, answers) = deliver_while_it_closes(monkeypatch, patience=0.5)
    assert isinstance(answers[0], Operation)
    assert isinstance(answers[1], InventoryError)
    assert back.is_active
    assert on_hand == 5


def test_twin_without_the_lock_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer, and no row to wait for")

    def read(location_ids: Any, _cursor: Any) -> dict[int, Location]:
        return Location.objects.in_bulk(location_ids)

    monkeypatch.setattr(ledger, "share_locations", read)
    back, (on_hand, _answers) = deliver_while_it_closes(monkeypatch, patience=PATIENCE)
    assert (back.is_active, on_hand) == (False, 5)
