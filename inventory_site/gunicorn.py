"""How `make run` and `make demo` serve: gunicorn reads this file.

One process with threads: SQLite has one writer, and the cache, which counts sign-in
attempts, is in memory. For more, and for the reason of each number, see
docs/operations.md.
"""

import ctypes
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from inventory_site.environment import env, read_count

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"
COMPANIONS = (
    ("expire_holds", "--every", "30"),  # so that a list is a minute behind at most
    ("refresh_figures", "--every", "30"),  # so that they are a minute old at most
    ("db_worker", "--verbosity", "0"),
)
LOOK_EVERY = 2  # seconds from one look at the companions to the next
PATIENCE = 5  # seconds until a process that should end is ended
# M_ARENA_MAX and M_TRIM_THRESHOLD of malloc.h: pools, and bytes until some go back.
MEMORY = {-8: 2, -1: 128 * 1024}

env.read_env(MANAGE.with_name(".env"))
workers = max(read_count("WEB_CONCURRENCY", default=1), 1)
threads = max(read_count("WEB_THREADS", default=8), 1)
worker_class = "inventory_site.patient_worker.PatientWorker"  # of threads
keepalive = 75  # seconds; longer than proxies keep a connection, which is 60
graceful_timeout = 30  # seconds a request has to end in when the server ends
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
    _share_memory()


def _share_memory() -> None:
    """Let threads take memory out of two pools, and give back what ends unused.

    glibc gives each thread a pool of its own, and waits the longer the more was used at
    once: each would come to keep what a large export needed for a moment. Other C
    libraries don't have this.
    """
    limit = getattr(ctypes.CDLL(None), "mallopt", None)
    if limit:
        for parameter, value in MEMORY.items():
            limit(parameter, value)


def when_ready(server: Any) -> None:
    """Start what works beside the server; each ends with it, however it ends."""
    server.companions = [_start(command) for command in COMPANIONS]
    server.ending = threading.Event()
    threading.Thread(target=_keep_up, args=(server,), daemon=True).start()


def _start(command: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  (our own words)
        [sys.executable, str(MANAGE), *command, "--parent", str(os.getpid())]
    )


def _keep_up(server: Any) -> None:
    """Start a companion again that has died, until the server ends."""
    while not server.ending.wait(LOOK_EVERY):
        for place, companion in enumerate(server.companions):
            if companion.poll() is not None:
                server.companions[place] = _start(COMPANIONS[place])


def on_exit(server: Any) -> None:
    """End them, when they were started: not where the address was taken.

    A worker in the middle of a task finishes it if it can in time; what it did not
    commit is as if it had not begun, and the page of the import offers to go on.
    """
    if hasattr(server, "ending"):
        server.ending.set()
    companions: list[subprocess.Popen[bytes]] = getattr(server, "companions", [])
    for companion in companions:
        companion.terminate()
    for companion in companions:
        try:
            companion.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            companion.kill()


def post_worker_init(worker: Any) -> None:
    """Say the address once the pages can be opened, not before; the first one does."""
    if worker.age > 1:
        return
    addresses = " or ".join(str(listener) for listener in worker.sockets)
    sys.stdout.write(f"\nOpen {addresses} in a browser; Ctrl+C stops.\n\n")
    sys.stdout.flush()
