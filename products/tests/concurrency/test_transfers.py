"""Two people at one transfer: each unit arrives once, and each step is taken once."""

import threading
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection

from products.errors import InvalidLine, InventoryError, WrongState
from products.models import Operation, Transfer
from products.reports.stock_check import check_stock
from products.services import transfer_steps
from products.services.locations import deactivate_location
from products.services.operations import Once
from products.services.transfer_lines import Arrival
from products.services.transfer_steps import (
    cancel_transfer,
    receive_transfer,
    send_transfer,
)
from products.tests.concurrency.racing import PATIENCE, race, take_the_lock_out
from products.tests.factories import by, make_product, reload
from products.tests.transfers import back_room, draft, only_line, refreshed, sent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]


def once() -> Once:
    """A key no test before used; see test_last_piece."""
    return Once(uuid.uuid4().hex, {})


def take_the_transfers_lock_out(monkeypatch: pytest.MonkeyPatch, runners: int) -> None:
    """Let all `runners` read the transfer before any of them writes.

    The ledger keeps its locks, but on SQLite, where both are the transaction.
    """
    if connection.vendor == "sqlite":
        take_the_lock_out(monkeypatch, runners)
        return
    together = threading.Barrier(runners)

    def read_together(transfer_id: int) -> Transfer:
        transfer = Transfer.objects.get(pk=transfer_id)
        together.wait(PATIENCE)
        return transfer

    monkeypatch.setattr(transfer_steps, "lock_transfer", read_together)


def receive_all(transfer: Transfer, people: int) -> list[Any]:
    line = only_line(transfer)

    def one(_number: int) -> Operation:
        return receive_transfer(
            transfer_id=transfer.pk,
            arrivals={line.pk: Arrival(received=line.outstanding)},
            circumstances=by(once=once()),
        )

    return race(one, people)


def send_and_cancel(transfer: Transfer) -> list[Any]:
    """The even runner sends, the odd one cancels."""

    def one(number: int) -> Operation:
        step = cancel_transfer if number % 2 else send_transfer
        return step(
            transfer_id=transfer.pk,
            seen_version=transfer.version,
            circumstances=by(once=once()),
        )

    return race(one, 2)


def test_two_people_receive_it_at_once():
    product = make_product(stock=9)
    transfer = sent((product, 5))
    answers = receive_all(transfer, 4)
    assert sum(isinstance(answer, Operation) for answer in answers) == 1
    refused = [answer for answer in answers if not isinstance(answer, Operation)]
    assert all(isinstance(answer, WrongState | InvalidLine) for answer in refused)
    assert (reload(product).on_hand, reload(product).in_transit) == (9, 0)
    assert check_stock().ok


def test_each_receives_a_part():
    product = make_product(stock=9)
    transfer = sent((product, 8))
    line = only_line(transfer)

    def one(_number: int) -> Operation:
        return receive_transfer(
            transfer_id=transfer.pk,
            arrivals={line.pk: Arrival(received=2)},
            circumstances=by(once=once()),
        )

    answers = race(one, 4)
    assert all(isinstance(answer, Operation) for answer in answers), answers
    assert refreshed(transfer).state == "received"
    assert check_stock().ok


def test_twin_without_the_lock_goes_wrong(monkeypatch):
    product = make_product(stock=20)
    transfer = sent((product, 5))
    sent((product, 5), note="of which the second person takes what is not theirs")
    take_the_transfers_lock_out(monkeypatch, runners=2)
    answers = receive_all(transfer, 2)
    monkeypatch.undo()
    broken = any(isinstance(answer, DatabaseError) for answer in answers)
    assert broken or not check_stock().ok, answers


def test_sent_or_cancelled_but_not_both():
    product = make_product(stock=9)
    transfer = draft((product, 5))
    answers = send_and_cancel(transfer)
    assert sum(isinstance(answer, Operation) for answer in answers) == 1, answers
    assert sum(isinstance(answer, WrongState) for answer in answers) == 1, answers
    state = refreshed(transfer).state
    assert (state, reload(product).in_transit) in {("sent", 5), ("cancelled", 0)}
    assert check_stock().ok


def test_twin_of_send_and_cancel_goes_wrong(monkeypatch):
    product = make_product(stock=9)
    transfer = draft((product, 5))
    take_the_transfers_lock_out(monkeypatch, runners=2)
    answers = send_and_cancel(transfer)
    both = all(isinstance(answer, Operation) for answer in answers)
    broken = any(isinstance(answer, DatabaseError) for answer in answers)
    assert both or broken, answers


def test_first_two_transfers_of_a_shop_share_their_transit_location():
    drafts = [draft((make_product(stock=1), 1)) for _number in range(2)]

    def one(number: int) -> Operation:
        return send_transfer(
            transfer_id=drafts[number].pk, circumstances=by(once=once())
        )

    answers = race(one, 2)
    assert all(isinstance(answer, Operation) for answer in answers), answers
    assert len({refreshed(transfer).transit_id for transfer in drafts}) == 1


def test_no_draft_is_written_to_a_location_that_goes_out_of_use():
    product, back = make_product(stock=9), back_room()

    def one(number: int) -> object:
        if number % 2:
            return deactivate_location(location_id=back.pk)
        return draft((product, 5))

    answers = race(one, 2)
    refused = [answer for answer in answers if isinstance(answer, InventoryError)]
    assert len(refused) == 1, answers
    back.refresh_from_db()
    assert Transfer.objects.exists() == back.is_active
