"""manage.py expire_holds: once, or again and again until it is told to end."""

import os
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from products.management.commands import expire_holds as command
from products.services import expiry
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_product, reload

pytestmark = pytest.mark.django_db


def due_hold():
    product = make_product(stock=5)
    past = timezone.now() - timedelta(hours=2)
    hold_stock(
        wanted=[Wanted(product.pk, 3)],
        circumstances=by(now=past),
        expires_at=past + timedelta(hours=1),
    )
    return product


def test_once(capsys):
    product = due_hold()
    call_command("expire_holds")
    assert capsys.readouterr().out == "Holds expired: 1.\n"
    assert reload(product).available == 5
    call_command("expire_holds")
    assert capsys.readouterr().out == "Holds expired: 0.\n"


@pytest.mark.parametrize("seconds", ["0", "-5", "nan", "inf", "often", "1e9"])
def test_nonsense(seconds):
    with pytest.raises(CommandError, match="seconds"):
        call_command("expire_holds", "--every", seconds)


@pytest.fixture
def again_and_again(monkeypatch):
    """Runs the loop in this thread, without waiting and in the test's transaction."""
    monkeypatch.setattr(command.connections, "close_all", lambda: None)

    class Stop(threading.Event):
        rounds = 0

        def wait(self, timeout=None):
            self.rounds += 1
            return self.is_set()

    def _run(tidy, *, parent=None):
        stop = Stop()
        monkeypatch.setattr(command, "expire_holds", lambda: tidy(stop))
        command.Command().go_on(stop, every=30.0, parent=parent)
        return stop.rounds

    return _run


def test_goes_on_until_it_is_interrupted(again_and_again):
    expired = []

    def tidy(stop):
        due_hold()
        expired.append(expiry.expire_holds())
        if len(expired) == 3:
            stop.set()

    again_and_again(tidy)
    assert expired == [1, 1, 1]


def test_trouble_that_lasts_is_said_once_and_survived(again_and_again, capsys):
    answers = iter(["locked", "locked", "", "locked", ""])
    kinds = iter([DatabaseError, InterfaceError, DatabaseError])

    def tidy(stop):
        trouble = next(answers, "end")
        if trouble == "end":
            stop.set()
        elif trouble:
            raise next(kinds)(trouble)

    again_and_again(tidy)
    assert capsys.readouterr().err.count("goes on trying: locked") == 2


def test_ends_with_the_process_that_started_it(again_and_again):
    rounds = []
    again_and_again(rounds.append, parent=os.getpid())  # which is not our parent
    assert len(rounds) == 1


def test_stays_while_that_process_is_there(again_and_again):
    rounds = []

    def tidy(stop):
        rounds.append(stop)
        if len(rounds) == 2:
            stop.set()

    waits = again_and_again(tidy, parent=os.getppid())
    assert waits > 30  # it looks up every second of the first round
