"""Questions that every page asks in the same words: their SQL is made once.

Django makes the SQL of a queryset anew each time, which takes five times as long as the
database takes to answer a short one.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """The rows of a `values_list` without anything that changes between two requests.

    For columns that come as they are, whole numbers and text: nothing is converted.
    """

    def __init__(self, make: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._make = make
        self._made: dict[str, tuple[str, Any]] = {}

    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """Return the rows as they are now; one query."""
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._make().query.get_compiler(connection=connection).as_sql()
            self._made[connection.vendor] = made
        with connection.cursor() as cursor:
            cursor.execute(*made)
            return tuple(map(tuple, cursor.fetchall()))
