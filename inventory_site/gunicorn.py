"""How `make run` and `make demo` serve: gunicorn reads this file.

One process with threads: SQLite has one writer, and the cache, which counts sign-in
attempts, is in memory. For more processes see the README.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"
TIDY_EVERY = 30  # seconds, so that a list is a minute behind at most
PATIENCE = 5  # seconds until a process that should end is ended

workers = 1
threads = 8
control_socket_disable = True  # gunicorn would open one in the home directory
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Say in one sentence that the address is taken; gunicorn would try five times."""
    for address in server.cfg.address:
        with socket.socket(
            socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        ) as probe:
            if probe.connect_ex(address) == 0:
                host, port = address
                sys.exit(
                    f"Something else answers on {host}:{port}. Choose another port,"
                    f" for example: make run ADDR={host}:{port + 1}"
                )


def when_ready(server: Any) -> None:
    """Start what lets holds expire; it ends with this process, however that ends."""
    command = [sys.executable, str(MANAGE), "expire_holds"]
    often = ["--every", str(TIDY_EVERY), "--parent", str(os.getpid())]
    server.tidying = subprocess.Popen([*command, *often])  # noqa: S603  (our own words)


def on_exit(server: Any) -> None:
    """End it, when it was started: not where the address was taken."""
    tidying: subprocess.Popen[bytes] | None = getattr(server, "tidying", None)
    if tidying is None:
        return
    tidying.terminate()
    try:
        tidying.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        tidying.kill()


def post_worker_init(worker: Any) -> None:
    """Say the address once the pages can be opened, not before."""
    addresses = " or ".join(str(listener) for listener in worker.sockets)
    sys.stdout.write(f"\nOpen {addresses} in a browser; Ctrl+C stops.\n\n")
    sys.stdout.flush()
