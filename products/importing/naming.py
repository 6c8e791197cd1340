"""Who names the columns of a table: a person, a file before it, its own headers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from products.importing import table as any_table
from products.importing.formats import Format
from products.importing.guessing import Column, guess, sample_columns
from products.importing.registry import choose_format
from products.importing.table import match_named
from products.models import ColumnMapping
from products.tabular.columns import Columns, normalise
from products.tabular.problems import ColumnsError, UnreadableFileError, shown
from products.tabular.reading import Table

SAMPLES = 3  # different values of a column that a person sees

Mapped = Mapping[str, str]
"""Header -> field, "" for a column that is not read."""

NOTHING: Mapped = {}


class UnnamedColumnsError(UnreadableFileError):
    """A person has to say which column is which; `fault` is what was wrong so far."""

    def __init__(self, table: Table, named: Sequence[Column], fault: str = "") -> None:
        self.table = table
        self.named = named
        self.fault = fault
        super().__init__(fault)


@dataclass(frozen=True)
class Choice:
    """The format of a file and its columns; `named` when it is any table."""

    format: Format
    columns: Columns
    named: Sequence[Column] = ()


def choose_columns(
    table: Table, code: str, asked: Mapped, *, asks_person: bool
) -> Choice:
    """Find the format of `table` and what its columns are.

    `code` forces a format, `asked` names columns of any table. What `asked` leaves
    open is as in the last file with this header that a person named, or guessed by the
    headers. One query, none when another format is forced.

    Raises UnnamedColumnsError where it `asks_person`: nothing is known of the columns,
    or what is known can't be right. Otherwise UnreadableFileError.
    """
    if code not in {"", any_table.CODE}:
        return Choice(*choose_format(table, code))
    remembered = remembered_for(table.header)
    if not asked and remembered is None:
        if not code:
            return _known_format(table, asks_person=asks_person)
        if asks_person:
            raise UnnamedColumnsError(table, _named(table, by_content=True))
    _refuse_absent(table, asked)
    named = _named(table, asked, remembered or {})
    try:
        columns = match_named(table.header, {it.title: it.name for it in named})
    except ColumnsError as error:
        if asks_person:
            raise UnnamedColumnsError(table, named, str(error)) from error
        raise
    return Choice(any_table.FORMAT, columns, named)


def _refuse_absent(table: Table, asked: Mapped) -> None:
    there = {normalise(title) for title in table.header}
    for title in asked:
        if normalise(title) not in there:
            raise ColumnsError(
                _("The file has no column “%(title)s”. It has: %(header)s.")
                % {"title": title, "header": ", ".join(filter(None, table.header))}
            )


def _known_format(table: Table, *, asks_person: bool) -> Choice:
    try:
        return Choice(*choose_format(table))
    except UnreadableFileError as error:
        if not asks_person:
            raise
        fault = str(error) if isinstance(error, ColumnsError) else ""
        named = _named(table, by_content=True)
        raise UnnamedColumnsError(table, named, fault) from error


def _named(
    table: Table,
    asked: Mapped = NOTHING,
    remembered: Mapped = NOTHING,
    *,
    by_content: bool = False,
) -> list[Column]:
    """Return the columns with what they are; fields asked for are taken first."""
    columns = sample_columns(table.header, table.records())
    taken: set[str] = set()
    for why, mapping in (("asked", asked), ("remembered", remembered)):
        fields = {normalise(title): name for title, name in mapping.items()}
        for column in columns:
            name = fields.get(normalise(column.title))
            if name is not None and not column.why and name not in taken:
                column.name, column.why = name, why
        taken = {column.name for column in columns} - {""}
    guess(columns, by_content=by_content)
    return columns


def as_report(named: Sequence[Column]) -> list[dict[str, Any]]:
    """Return the columns for `ImportRun.report`: title, field, why, first values."""
    return [
        {
            "title": column.title,
            "field": column.name,
            "why": column.why,
            "samples": [shown(cell) for cell in dict.fromkeys(column.cells)][:SAMPLES],
        }
        for column in named
    ]


def remembered_for(header: Sequence[str]) -> Mapped | None:
    """Return what the columns of the last file with this header were; one query."""
    known = ColumnMapping.objects.filter(header_key=header_key(header)).first()
    return known.mapping if known else None


def remember(header: Sequence[str], mapping: Mapped) -> None:
    """Keep `mapping` for the next file with the same header."""
    ColumnMapping.objects.update_or_create(
        header_key=header_key(header),
        defaults={"mapping": dict(mapping), "used_at": timezone.now()},
    )


def header_key(header: Sequence[str]) -> str:
    """Return what two files share when they have the same columns in one order.

    Columns without a header don't count: in a file of refused records, ours have none.
    """
    names = json.dumps([name for title in header if (name := normalise(title))])
    return sha256(names.encode()).hexdigest()
