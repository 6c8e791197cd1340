"""Puts bad values into a database, past every rule, as a damaged file would have them.

SQLite takes any value in any column. The others take JSON of any shape, and any code.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models

OURS = re.compile(r"\b(?:accounts|products)_[a-z]+\b")
TIMES = ["yesterday", "2026-99-99 10:00:00", 5]
JSON = ["[1, 2]", '"text"', "{}", "null", '{"name": 5, "price": "dear", "tags": 7}']
VALUES: list[tuple[type["models.Field"], list[object]]] = [
    (models.DecimalField, ["dear", "NaN", float("inf")]),
    (models.DateField, TIMES),  # and times of a day
    (models.JSONField, [*JSON, "{broken", ""]),
    (models.BooleanField, ["maybe"]),
    (models.IntegerField, ["many", 1.5, -7]),
    (models.FileField, ["../../etc/passwd", "x" * 500]),
    (models.TextField, ["%%%=&&sort=x"]),
    (models.CharField, ["unheard", "%%%=&&sort=x"]),
]


class Spoil(NamedTuple):
    """A value for every row of some columns of one kind."""

    table: str
    columns: tuple[str, ...]
    value: object


Stored = dict[Any, dict[str, Any]]
"""Columns of rows by the key of the row, as they are stored."""


@contextmanager
def noting_tables() -> Iterator[set[str]]:
    """Give the tables of ours that statements in the block name, growing with them."""
    named: set[str] = set()

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        named.update(OURS.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield named


def spoils(tables: Collection[str]) -> Iterator[Spoil]:
    """Yield every bad value for all columns of `tables`, those of one kind together.

    Times also one by one. But for keys, and for what the database works out itself.
    """
    for model in apps.get_models():
        if model._meta.db_table not in tables:
            continue
        left = [
            field
            for field in model._meta.local_concrete_fields
            if not (field.primary_key or field.remote_field or field.generated)
        ]
        for kind, values in VALUES:
            of_kind = [field for field in left if isinstance(field, kind)]
            left = [field for field in left if field not in of_kind]
            names = tuple(field.column for field in of_kind if not field.unique)
            together = [names] if names else []
            # One may be refused before the other is looked at.
            alone = [(name,) for name in names] if kind is models.DateField else []
            for columns, value in product(together + alone, values):
                yield Spoil(model._meta.db_table, columns, value)


def spoil(bad: Spoil) -> bool:
    """Write it into every row; say whether there was one."""
    sets = ", ".join(f"{name} = %s" for name in bad.columns)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(
            f"UPDATE OR IGNORE {bad.table} SET {sets}", [bad.value] * len(bad.columns)
        )
        found = cursor.rowcount > 0
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    return found


def stored(bad: Spoil) -> Stored:
    """Return the spoilt columns of every row, whatever stands in them now."""
    with connection.cursor() as cursor:
        # An expression, so that the driver converts nothing.
        columns = ", ".join(f"coalesce({it}, {it})" for it in bad.columns)
        cursor.execute(f"SELECT rowid, {columns} FROM {bad.table}")
        return {
            pk: dict(zip(bad.columns, values, strict=True))
            for pk, *values in cursor.fetchall()
        }
