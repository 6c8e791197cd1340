"""Questions that many pages ask in the same words: their SQL is made once.

Django makes the SQL of a queryset anew each time, which takes five times as long as the
database takes to answer a short one. And it writes the values into the words, so that
PostgreSQL plans them anew each time; here they are handed over beside the words, and
each connection keeps the plan. See docs/decisions/statements.md.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from psycopg.types.numeric import Int8

MOST_KEPT = 500  # of 1 to 2 KB, in each process
FIRST_STAND_IN = -8_310_582_946_013_587  # no id, and nothing else that is asked for

Row = tuple[Any, ...]


def ask(sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of a statement as the driver gives them; one query.

    Its words must not change with its values: a connection keeps a hundred plans.
    """
    database = connections[DEFAULT_DB_ALIAS]  # `connection` looks for it at each word
    # A log of queries is to have the values in it.
    if database.vendor == "postgresql" and not database.queries_logged:
        # A plan belongs to the types of its values; a small number has its own type.
        values = [Int8(value) if value.__class__ is int else value for value in values]
        database.ensure_connection()
        planning: Any = ServerBindingCursor  # no stubs tell what it is made of
        opened = database.make_cursor(planning(database.connection))
    else:
        opened = database.cursor()
    with opened as cursor:
        cursor.execute(sql, values)
        return [tuple(row) for row in cursor.fetchall()]


class Question:
    """The SQL of a `values_list`, with a blank for each `Given` in it."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.values, self._converters = "", list[Any](), {}
        try:
            self.sql, values = compiler.as_sql()
        except EmptyResultSet:  # such as one of no categories: nobody has to be asked
            return
        self.values = list(values)
        self._model, self._select = rows.model, compiler.select
        columns = [column for column, *_rest in self._select]
        self._converters = compiler.get_converters(columns)

    def rows(self, given: Mapping[str, Any]) -> list[Row]:
        """Return the rows as the queryset would; one query."""
        return self.convert(ask(self.sql, self._fill(given))) if self.sql else []

    def count(self) -> int:
        """Return how many rows there are; one query."""
        sql = f"SELECT COUNT(*) FROM ({self.sql}) AS found"  # noqa: S608 - Django's
        return int(ask(sql, self._fill({}))[0][0]) if self.sql else 0

    def convert(self, rows: list[Row]) -> list[Row]:
        """Return what the database gave as the fields of the models have it."""
        if not self._converters:
            return rows
        # By Django itself: where a value is spoilt, damaged.py looks for it there. The
        # compiler that made the SQL would keep five times as much in memory.
        reader = SQLCompiler(Query(self._model), connection, None)
        reader.select = self._select
        return list(map(tuple, reader.apply_converters(rows, self._converters)))

    def _fill(self, given: Mapping[str, Any]) -> list[Any]:
        return [
            one.field.get_db_prep_value(given[one.name], connection, prepared=False)
            if isinstance(one, _Blank)
            else one
            for one in self.values
        ]


@dataclass(frozen=True, slots=True)
class _Blank:
    """A value that is only known when the question is asked."""

    name: str
    field: "Field[Any, Any]"


class Given(Expression):
    """The value handed to `Question.rows` under `name`, as `field` stores it."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        self.name = name
        super().__init__(output_field=field)

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        return "%s", [_Blank(self.name, self.output_field)]


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


class Prepared:
    """The rows of a `values_list` in which nothing but some whole numbers changes.

    `make` takes these numbers and is called with others in their place, once for each
    count of them. Columns come as the database has them, and are converted only where
    `is_converted` says so: a conversion raises on a spoilt value.
    """

    def __init__(
        self, make: Callable[..., "QuerySet[Any, Any]"], *, is_converted: bool = False
    ) -> None:
        self._make, self._is_converted = make, is_converted
        self._made: dict[tuple[str, int], Question] = {}

    def rows(self, *numbers: int) -> tuple[Row, ...]:
        """Return the rows as they are now; one query."""
        key = connection.vendor, len(numbers)
        if key not in self._made:
            self._made[key] = Question(self._make(*_stand_ins(len(numbers))))
        made = self._made[key]
        given = dict(zip(_stand_ins(len(numbers)), numbers, strict=True))
        rows = ask(made.sql, [given.get(one, one) for one in made.values])
        return tuple(made.convert(rows) if self._is_converted else rows)


def _stand_ins(count: int) -> range:
    return range(FIRST_STAND_IN, FIRST_STAND_IN + count)
