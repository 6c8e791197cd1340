"""A real server on a port of its own, as `make run` starts it."""

import json
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


def shop_of(folder: Path, **env: str) -> dict[str, str]:
    """Return the environment of a shop whose database lies in `folder`."""
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "inventory_site.settings",  # the shop's own
            "SECRET_KEY": "x" * 50,
            "DATABASE_URL": f"sqlite:///{folder}/shop.sqlite3",
            "ALLOWED_HOSTS": "localhost",
        }
        | env
    )


def manage(*command: str, shop: dict[str, str]) -> None:
    """Run one of manage.py's commands; a refusal fails the test with its words."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=shop,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def static_address(name: str) -> str:
    """Return where the server has a static file: its hashed copy once collected."""
    manifest = ROOT / "staticfiles" / "staticfiles.json"
    paths = json.loads(manifest.read_text())["paths"] if manifest.exists() else {}
    return f"/static/{paths.get(name, name)}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int, **env: str) -> Iterator[subprocess.Popen[str]]:
    """Run a server that answers, with the database in `folder`, until the end.

    The database is empty, without a table, unless somebody has filled it before.
    """
    process = subprocess.Popen(
        [*COMMAND, "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=shop_of(folder, **env),
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
