"""What serves `make run` leaves nothing behind, however it ends."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory_site.tests.serving import PATIENCE, free_port, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A server that answers; what it starts shares its output."""
    with serving(tmp_path, free_port()) as process:
        yield process


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
