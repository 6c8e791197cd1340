"""A command that does something once, or again and again beside the server."""

import os
import signal
import threading
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connections

LONGEST = 86_400  # seconds from one round to the next
LOOK_UP = 1.0  # seconds from one look for the parent to the next


class RepeatingCommand(BaseCommand):
    """With --every it goes on until it is told to end; once otherwise."""

    name: str
    """What the command is called, for complaints."""

    # Each round finds out by itself whether the database can be used.
    requires_system_checks = ()

    def work(self) -> str:
        """Do one round; return what was done, in a sentence."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            metavar="SECONDS",
            type=_seconds,
            help="go on until interrupted, with this long between two rounds",
        )
        parser.add_argument(
            "--parent",
            metavar="PID",
            type=int,
            help="with --every: end when this process, which started us, has ended",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["every"] is None:
            self.stdout.write(self.work())
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_details: stop.set())
        self.go_on(stop, every=options["every"], parent=options["parent"])

    def go_on(self, stop: threading.Event, *, every: float, parent: int | None) -> None:
        """Work every so many seconds until `stop` is set or the parent has ended.

        Says nothing while all is well, and of a trouble that lasts only that it began.
        """
        in_trouble = False
        while True:
            try:
                self.work()
            except Error as error:
                if not in_trouble:
                    self.stderr.write(f"{self.name} goes on trying: {error}")
                in_trouble = True
            else:
                in_trouble = False
            finally:
                connections.close_all()
            if _waited_for(stop, every, parent):
                return


def _waited_for(stop: threading.Event, seconds: float, parent: int | None) -> bool:
    """Wait; say whether it is time to end."""
    while True:
        step = min(seconds, LOOK_UP) if parent is not None else seconds
        if stop.wait(step) or (parent is not None and os.getppid() != parent):
            return True
        seconds -= step
        if seconds <= 0:
            return False


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= LONGEST:
        message = f"“{text}” is not between 1 and {LONGEST} seconds"
        raise ArgumentTypeError(message)
    return seconds
