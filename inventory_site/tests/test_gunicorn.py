"""What serves `make run` leaves nothing behind, however it ends."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory_site.tests.sources import ROOT

PATIENCE = 60  # seconds until a server that does not end fails the test
COMMAND = [
    *(sys.executable, "-m", "gunicorn"),
    *("--config", "python:inventory_site.gunicorn", "inventory_site.wsgi"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A server that answers; what it starts shares its output."""
    process = subprocess.Popen(
        [*COMMAND, "--bind", f"127.0.0.1:{free_port()}"],
        cwd=ROOT,
        env=os.environ
        | {
            "SECRET_KEY": "x" * 50,
            "DATABASE_URL": f"sqlite:///{tmp_path}/shop.sqlite3",
            "ALLOWED_HOSTS": "localhost",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl+C stops" in line:
            break
    else:
        pytest.fail(said)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=PATIENCE)


def children_of(pid: int) -> str:
    """Return the commands of the processes that `pid` has started."""
    table = subprocess.run(
        ["ps", "-A", "-ww", "-o", "ppid=,args="],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split(None, 1) for line in table.stdout.splitlines()]
    return "\n".join(args for ppid, args in lines if int(ppid) == pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_its_companions_run_as_long_as_it_does(
    server: subprocess.Popen[str], number: signal.Signals
) -> None:
    companions = children_of(server.pid)
    assert "expire_holds --every 30" in companions
    assert "db_worker" in companions
    server.send_signal(number)
    # The output is at its end when every process that could write to it is gone.
    server.communicate(timeout=PATIENCE)
    assert server.returncode in {0, -number}
