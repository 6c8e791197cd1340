"""Questions that many pages ask in the same words: their SQL is made once.

Django makes the SQL of a queryset anew each time, which takes five times as long as the
database takes to answer a short one.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Field, QuerySet

MOST_KEPT = 2_000  # of 1 to 2 KB, in each process
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


@dataclass(frozen=True, slots=True)
class _Blank:
    """A parameter that is only known when the question is asked."""

    name: str
    field: "Field[Any, Any]"


class Given(Expression):
    """The value handed to `Question.rows` under `name`, as `field` stores it."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        self.name = name
        super().__init__(output_field=field)

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        return "%s", [_Blank(self.name, self.output_field)]


class Question:
    """The SQL of a `values_list`, with a blank for each `Given` in it."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        compiler = rows.query.get_compiler(connection=connection)
        self._sql, self._parameters, self._converters = "", [], {}
        try:
            self._sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # such as one of no categories: nobody has to be asked
            return
        self._parameters = list(parameters)
        columns = [column for column, *_rest in compiler.select]
        self._converters = compiler.get_converters(columns)

    def rows(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows as the queryset would; one query."""
        found = self._ask(self._sql, given) if self._sql else []
        if not self._converters:
            return found
        rows = [list(row) for row in found]
        for place, (converters, column) in self._converters.items():
            for convert in converters:
                for row in rows:
                    row[place] = convert(row[place], column, connection)
        return list(map(tuple, rows))

    def count(self) -> int:
        """Return how many rows there are; one query."""
        sql = f"SELECT COUNT(*) FROM ({self._sql}) AS found"  # noqa: S608 - Django's
        return int(self._ask(sql, {})[0][0]) if self._sql else 0

    def _ask(self, sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        parameters = [
            one.field.get_db_prep_value(given[one.name], connection, prepared=False)
            if isinstance(one, _Blank)
            else one
            for one in self._parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())


_kept: dict[Hashable, Question] = {}


def question(name: Hashable, make: "Callable[[], QuerySet[Any, Any]]") -> Question:
    """Return the question for what `make` makes, kept under `name` if that is not None.

    Whatever decides the SQL must stand in the name.
    """
    if name is None:
        return Question(make())
    key = connection.vendor, name
    kept = _kept.get(key)
    if kept is None:
        kept = Question(make())
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = kept
    return kept
