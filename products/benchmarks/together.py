"""Processes of their own that all begin at the same moment.

Nothing of Django stands at the top: a child imports this file before it is set up.
"""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

_start: Any = None


def at_once(
    job: Callable[..., T], *args: Any, processes: int, database: str
) -> list[T]:
    """Call `job(*args, number)` in as many processes; return their answers in order.

    `database` is the name of the configured database to use. Each finds at `start()`
    what all of them wait at. Raises what the first one raises that can't go on.
    """
    spawn = multiprocessing.get_context("spawn")
    line = spawn.Barrier(processes)
    with ProcessPoolExecutor(
        processes, mp_context=spawn, initializer=_prepare, initargs=(line, database)
    ) as pool:
        jobs = [pool.submit(job, *args, number) for number in range(processes)]
        return [each.result() for each in jobs]


def start() -> Any:
    """Return the barrier of this process and the others."""
    return _start


def _prepare(line: Any, database: str) -> None:
    """Set a child up: Django, the database, and the line all start from."""
    global _start  # noqa: PLW0603 - one per process, made before its only task
    import django
    from django.db import connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.settings")
    django.setup()
    connections.databases["default"]["NAME"] = database
    _start = line
