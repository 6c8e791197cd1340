"""Rows as lines of JSON, the same on every database, and back into any of them."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.models import DateField, Field, ForeignKey, JSONField
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext as _

from products.backups.refusals import BackupRefused
from products.backups.tables import Table
from products.errors import Unreadable
from products.models.damage import Damaged
from products.models.reading import in_key_order
from products.models.stored import has_any

BATCH = 1_000  # rows of one INSERT
SAME_IN_JSON = {
    "AutoField",
    "BigAutoField",
    "BigIntegerField",
    "BooleanField",
    "CharField",
    "FileField",
    "IntegerField",
    "PositiveBigIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SmallIntegerField",
    "TextField",
}
"""Columns whose JSON goes into the database as it is."""
Converter = Callable[[Any], Any]
UNREADABLE = (TypeError, ValueError, ArithmeticError, DatabaseError, Unreadable)


def read_lines(table: Table) -> Iterator[bytes]:
    """Yield every row by primary key, as a JSON array of its columns.

    Decimals, times and other types that JSON lacks are text; `Field.to_python` reads
    it back. Raises BackupRefused for a row that can't be read: left out or written as
    null, nobody would miss the value before it is too late.
    """
    places = list(enumerate(table.fields))
    times = [place for place in places if isinstance(place[1], DateField)]
    documents = [place for place in places if isinstance(place[1], JSONField)]
    asked = [has_any(field.attname) for _position, field in times]
    rows = table.model._base_manager.values_list(*table.columns, *asked)
    key, width = table.model._meta.pk, len(table.columns)
    position = table.fields.index(key)
    encode = json.JSONEncoder(
        default=_as_text, separators=(",", ":"), allow_nan=False
    ).encode
    try:
        for row in in_key_order(rows, [key.attname], [position]):
            for (place, field), is_there in zip(times, row[width:], strict=True):
                if is_there and row[place] is None:
                    raise _unreadable(table, field, row[position])
            for place, field in documents:
                if isinstance(row[place], str):  # so Django reads what is no JSON
                    raise _unreadable(table, field, row[position])
            yield encode(row[:width]).encode() + b"\n"
    except UNREADABLE as error:
        message = _("A row of %(table)s can't be read (%(why)s). Run check_stock.")
        why = error.where if isinstance(error, Unreadable) else error
        raise BackupRefused(message % {"table": table.label, "why": why}) from error


def _unreadable(table: Table, field: Field, pk: object) -> Unreadable:
    what = str(table.model._meta.verbose_name)
    return Unreadable(what, str(field.verbose_name), pk)


def _as_text(value: object) -> Any:
    match value:
        case Damaged():
            return value.json()
        case Decimal():
            return format(value, "f")
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    message = f"{type(value).__name__} has no place in a backup"
    raise TypeError(message)


def write_rows(table: Table, lines: Iterable[bytes]) -> Iterator[int]:
    """Insert the rows as they are, ids included; yield how many after each batch.

    Past the models on purpose: a save would set times anew and derive columns. The
    database's own constraints hold. Raises BackupRefused.
    """
    names = [connection.ops.quote_name(str(field.column)) for field in table.fields]
    marks = ", ".join(["%s"] * len(names))
    statement = (
        f"INSERT INTO {connection.ops.quote_name(table.name)}"  # noqa: S608  (ours)
        f" ({', '.join(names)}) VALUES ({marks})"
    )
    remaining, converters = iter(lines), _converters(table)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, BATCH)):
            try:
                cursor.executemany(
                    statement, [_values(converters, line) for line in batch]
                )
            except (ValidationError, *UNREADABLE) as error:
                message = _("%(table)s can't be restored: %(why)s")
                raise BackupRefused(
                    message % {"table": table.label, "why": error}
                ) from error
            yield len(batch)


def _converters(table: Table) -> list[Converter | None]:
    """Return what makes a column's JSON a value for the database; None if it is one."""
    return [_converter(field) for field in table.fields]


def _converter(field: Field) -> Converter | None:
    stored = field.target_field if isinstance(field, ForeignKey) else field
    if stored.get_internal_type() in SAME_IN_JSON:
        return None
    here = connections[DEFAULT_DB_ALIAS]  # the proxy costs as much as the conversion
    return lambda value: field.get_db_prep_save(field.to_python(value), here)


def _values(converters: list[Converter | None], line: bytes) -> list[Any]:
    return [
        value if convert is None or value is None else convert(value)
        for convert, value in zip(converters, json.loads(line), strict=True)
    ]
