"""Questions that many pages ask in the same words: their SQL is made once.

Django makes the SQL of a queryset anew each time, which takes five times as long as the
database takes to answer a short one.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

FIRST_STAND_IN = -8_310_582_946_013_587  # no id, and nothing else that is asked for


class Prepared:
    """The rows of a `values_list` in which nothing but some whole numbers changes.

    `make` takes these numbers and is called with others in their place, once for each
    count of them. It is for columns that come as they are, whole numbers and text:
    nothing is converted.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._make = make
        self._made: dict[tuple[str, int], tuple[str, list[Any]]] = {}

    def rows(self, *numbers: int) -> tuple[tuple[Any, ...], ...]:
        """Return the rows as they are now; one query."""
        key = connection.vendor, len(numbers)
        if key not in self._made:
            self._made[key] = self._compile(len(numbers))
        sql, parameters = self._made[key]
        given = dict(zip(_stand_ins(len(numbers)), numbers, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(one, one) for one in parameters])
            return tuple(map(tuple, cursor.fetchall()))

    def _compile(self, count: int) -> tuple[str, list[Any]]:
        query = self._make(*_stand_ins(count)).query
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        return sql, list(parameters)


def _stand_ins(count: int) -> range:
    return range(FIRST_STAND_IN, FIRST_STAND_IN + count)
