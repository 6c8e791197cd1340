"""A real server on a port of its own, as `make run` starts it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def serving(folder: Path, port: int, **env: str) -> Iterator[subprocess.Popen[str]]:
    """Run a server that answers, with an empty database in `folder`, until the end."""
    process = subprocess.Popen(
        [*COMMAND, "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "inventory_site.settings",  # the shop's own
            "SECRET_KEY": "x" * 50,
            "DATABASE_URL": f"sqlite:///{folder}/shop.sqlite3",
            "ALLOWED_HOSTS": "localhost",
        }
        | env,
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
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)
