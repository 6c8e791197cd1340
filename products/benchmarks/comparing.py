"""Two sides in turns, and the row of the table that comes of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any, TypedDict

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

ROUNDS = 30
WARM_UP = 3
MILLISECONDS = 1_000

Work = Callable[[], object]


class Row(TypedDict):
    """One line of the table; `ms` is ours, `bare_ms` what it is compared with.

    Where a time itself is limited, `ratio` is ms to that limit, which is `bare_ms`.
    """

    name: str
    engine: str
    ratio: float
    limit: float | None  # None where it is only to be known
    ms: float
    bare_ms: float


def compare(
    name: str, ours: Work, bare: Work, *, limit: float, rounds: int = ROUNDS
) -> Row:
    """Return the medians of both, taken in turns, and their ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + WARM_UP):
        for work, taken in zip((ours, bare), times, strict=True):
            start = perf_counter()
            work()
            if turn >= WARM_UP:
                taken.append(perf_counter() - start)
    own, other = (median(taken) for taken in times)
    return row(name, own, other, limit=limit)


def within(name: str, work: Work, *, most: float, rounds: int = ROUNDS) -> Row:
    """Return how much time the database takes for `work`, against `most` seconds."""
    taken = [database_time(work) for _turn in range(rounds + WARM_UP)]
    return row(name, median(taken[WARM_UP:]), most, limit=1)


def row(name: str, seconds: float, bare: float, *, limit: float) -> Row:
    """Return a line of the table for this database; the times are in seconds."""
    return {
        "name": name,
        "engine": connection.vendor,
        "ratio": seconds / bare,
        "limit": limit,
        "ms": seconds * MILLISECONDS,
        "bare_ms": bare * MILLISECONDS,
    }


def database_time(work: Work) -> float:
    """Return the seconds that `work` spends in the database: asking and fetching."""
    with _stopwatch() as spent:
        work()
    return sum(spent)


class _TimedCursor(CursorWrapper):
    """Notes how long each call takes; SQLite does its work while rows are fetched."""

    spent: list[float]

    def _timed(self, call: Callable[..., Any], *args: Any) -> Any:
        start = perf_counter()
        try:
            return call(*args)
        finally:
            self.spent.append(perf_counter() - start)

    def execute(self, sql: Any, params: Any = None) -> Any:
        return self._timed(super().execute, sql, params)

    def fetchone(self) -> Any:
        return self._timed(self.cursor.fetchone)

    def fetchmany(self, *args: Any) -> Any:
        return self._timed(self.cursor.fetchmany, *args)

    def fetchall(self) -> Any:
        return self._timed(self.cursor.fetchall)


@contextmanager
def _stopwatch() -> Iterator[list[float]]:
    spent: list[float] = []
    wrapper: Any = connections["default"]
    made = wrapper.make_cursor

    def make_cursor(cursor: Any) -> _TimedCursor:
        timed = _TimedCursor(cursor, wrapper)
        timed.spent = spent
        return timed

    wrapper.make_cursor = make_cursor
    try:
        yield spent
    finally:
        wrapper.make_cursor = made
