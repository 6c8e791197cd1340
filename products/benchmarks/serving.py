"""The server as it is shipped, with a database of its own, and what it takes."""

import os
import re
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, cast

ROOT = Path(__file__).resolve().parents[2]
EMAIL, PASSWORD = "bench@example.com", "a password for measuring"
PATIENCE = 60  # seconds until a server that does not end is ended
SAID = 60  # lines of the server that are kept, for when something fails
MEGABYTE = 1_000  # kilobytes, as the kernel counts them
SERVER = (
    *(sys.executable, "-m", "gunicorn"),
    *("--config", "python:inventory_site.gunicorn", "inventory_site.wsgi"),
)


@dataclass(frozen=True, slots=True)
class Server:
    """A running one; `environment` is that of its shop."""

    address: str
    process: "subprocess.Popen[str]"
    environment: Mapping[str, str]
    said: deque[str]
    """The last lines that it wrote."""

    def memory(self) -> float:
        """Return the megabytes that its web workers keep for themselves (RssAnon)."""
        return sum(_status(pid, "RssAnon") for pid in self.workers()) / MEGABYTE

    def resident(self) -> float:
        """Return the megabytes in memory, with what is mapped from files (RSS)."""
        return sum(_status(pid, "VmRSS") for pid in self.workers()) / MEGABYTE

    def workers(self) -> list[int]:
        """Return the processes that answer: not the one above, not its companions."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = [int(pid) for pid in task.read_text().split()]
        return [
            pid
            for pid in children
            if b"manage.py" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve the shop of this environment until the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    process = subprocess.Popen(  # noqa: S603  (our own words)
        [*SERVER, "--bind", address],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if not _is_up(process):
        raise AssertionError("The server does not start.")
    output = cast("IO[str]", process.stdout)  # a pipe, as said above
    said: deque[str] = deque(maxlen=SAID)
    # A full pipe would hold the server.
    reader = Thread(target=said.extend, args=(output,), daemon=True)
    reader.start()
    try:
        yield Server(address, process, environment, said)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
        reader.join()
        output.close()


def environment_of(database: str, **env: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "inventory_site.settings",
        "SECRET_KEY": "only for measuring" * 3,
        "DATABASE_URL": database,
        "SECURE_SSL_REDIRECT": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "false",
        "DJANGO_SUPERUSER_EMAIL": EMAIL,
        "DJANGO_SUPERUSER_NAME": "Bench",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        **env,
    }


def python(environment: Mapping[str, str], *command: str) -> str:
    """Run Python beside manage.py and return what it prints."""
    done = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def _is_up(process: "subprocess.Popen[str]") -> bool:
    for line in process.stdout or ():
        if "Ctrl+C stops" in line:
            return True
        sys.stderr.write(line)
    return False


def _status(pid: int, name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) if found else 0
