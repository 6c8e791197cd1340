"""What serves `make run` leaves nothing behind, however it ends."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory_site.tests.serving import PATIENCE, free_port, serving

LOOK = 0.1  # seconds from one look at the processes to the next


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A server that answers; what it starts shares its output."""
    with serving(tmp_path, free_port()) as process:
        yield process


def children_of(pid: int) -> dict[int, str]:
    """Return the processes that `pid` has started, and their commands."""
    table = subprocess.run(
        ["ps", "-A", "-ww", "-o", "ppid=,pid=,args="],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split(None, 2) for line in table.stdout.splitlines()]
    return {int(own): args for ppid, own, args in lines if int(ppid) == pid}


def workers_of(pid: int) -> set[int]:
    """Return which of them do the long work."""
    children = children_of(pid).items()
    return {own for own, args in children if " db_worker " in args}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_its_companions_run_as_long_as_it_does(
    server: subprocess.Popen[str], number: signal.Signals
) -> None:
    companions = "\n".join(children_of(server.pid).values())
    assert "expire_holds --every 30" in companions
    assert "refresh_figures --every 30" in companions
    assert "db_worker" in companions
    server.send_signal(number)
    # The output is at its end when every process that could write to it is gone.
    server.communicate(timeout=PATIENCE)
    assert server.returncode in {0, -number}


def test_a_worker_that_was_killed_is_started_again(
    server: subprocess.Popen[str],
) -> None:
    (killed,) = workers_of(server.pid)
    os.kill(killed, signal.SIGKILL)
    later = time.monotonic() + PATIENCE
    while not (now := workers_of(server.pid) - {killed}) and time.monotonic() < later:
        select.select([], [], [], LOOK)
    assert len(now) == 1
