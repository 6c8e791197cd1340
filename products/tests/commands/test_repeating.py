"""Commands that run once, or again and again until they are told to end."""

import os
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError

from products.management import repeating
from products.management.repeating import RepeatingCommand

NAMES = ("expire_holds", "refresh_figures")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seconds", ["0", "-5", "nan", "inf", "often", "1e9"])
def test_nonsense(name, seconds):
    with pytest.raises(CommandError, match="seconds"):
        call_command(name, "--every", seconds)


@pytest.fixture
def again_and_again(monkeypatch):
    """Runs the loop in this thread and without waiting."""
    monkeypatch.setattr(repeating.connections, "close_all", lambda: None)

    class Stop(threading.Event):
        rounds = 0

        def wait(self, timeout=None):
            self.rounds += 1
            return self.is_set()

    def _run(tidy, *, parent=None):
        stop = Stop()

        class Command(RepeatingCommand):
            name = "tidy_up"

            def work(self):
                tidy(stop)
                return "Tidied."

        Command().go_on(stop, every=30.0, parent=parent)
        return stop.rounds

    return _run


def test_goes_on_until_it_is_interrupted(again_and_again):
    rounds = []

    def tidy(stop):
        rounds.append(stop)
        if len(rounds) == 3:
            stop.set()

    again_and_again(tidy)
    assert len(rounds) == 3


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
    assert capsys.readouterr().err.count("tidy_up goes on trying: locked") == 2


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
