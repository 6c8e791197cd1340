"""How SQLite's driver reads times: a spoilt one as none, so that the row is read."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from django.db.backends.sqlite3 import base
from django.utils.dateparse import parse_date, parse_datetime

Moment = TypeVar("Moment")


def read_spoilt_times() -> None:
    """Let what only looks like a time, such as the 99th of a month, be none.

    As any other text in such a column is already. Django's own converter raises while
    the rows are fetched: one bad value and no row is shown.
    """
    assert base  # noqa: S101 - its import registers the others first
    for name, parse in {
        "date": _carefully(parse_date),
        "datetime": _carefully(parse_datetime),
        "timestamp": _carefully(parse_datetime),
    }.items():
        sqlite3.register_converter(name, parse)


def _carefully(
    parse: Callable[[str], Moment | None],
) -> Callable[[bytes], Moment | None]:
    def read(stored: bytes) -> Moment | None:
        try:
            return parse(stored.decode())
        except ValueError:
            return None

    return read
