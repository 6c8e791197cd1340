"""Columns of numbers with a decimal comma: taken as such when all their cells agree."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from products.importing.field_rules import NUMBERS
from products.importing.findings import Findings
from products.tabular.cells import without_apostrophes
from products.tabular.columns import Columns
from products.tabular.reading import Record, Table

GROUPS = "[0-9]{1,3}(?:[.][0-9]{3})+|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+"
"""Digits with thousands marks in their places: 1.290 or 1 290."""

WITH_COMMA = re.compile(rf"[+-]?(?:{GROUPS}|[0-9]*),[0-9]+")
WITHOUT_COMMA = re.compile(rf"[+-]?(?:{GROUPS}|[0-9]+)")
MARKS = str.maketrans(",", ".", ". \u00a0\u2009\u202f")
AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""1,290 and 1.290: a thousand to one half of the world, about one to the other."""


def find_decimal_commas(table: Table, columns: Columns) -> frozenset[str]:
    """Return the fields whose numbers have a decimal comma, all of them.

    Each cell has to be a number with no other marks than a decimal comma and thousands
    marks in their places, at least one with a comma. A cell that may be read either
    way speaks against its column. Reads the table once more, as far as there is a
    column left to decide on; not at all when no number column has a comma in it.
    """
    possible = {
        field: index
        for field, index in columns.positions.items()
        if field.partition(":")[0] in NUMBERS and index in table.shape.comma_columns
    }
    if not possible:
        return frozenset()
    for record in table.records():
        if record.problem is None:
            for field, index in list(possible.items()):
                if not _is_consistent(record.cells[index]):
                    del possible[field]
        if not possible:
            break
    return frozenset(possible)


def with_points(
    records: Iterable[Record], columns: Columns, fields: frozenset[str]
) -> Iterable[Record]:
    """Return `records` with a decimal point in the cells of `fields`.

    As often as `records` can be gone over: some formats do it twice.
    """
    places = [columns.positions[field] for field in fields]
    return _WithPoints(records, places) if places else records


class _WithPoints:
    def __init__(self, records: Iterable[Record], places: list[int]) -> None:
        self._records = records
        self._places = places

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            cells = list(record.cells)
            for place in self._places:
                cells[place] = without_apostrophes(cells[place]).translate(MARKS)
            yield replace(record, cells=tuple(cells))


def note_decimal_commas(
    fields: frozenset[str], header_number: int, findings: Findings
) -> None:
    """Say of which columns the numbers are read with a decimal comma."""
    note = _("Numbers of this column are read with a decimal comma.")
    for field in sorted(fields):
        findings.note(header_number, field, "", note)


def _is_consistent(cell: str) -> bool:
    """Say whether `cell` may stand in a column with decimal commas."""
    number = without_apostrophes(cell)
    if not number:
        return True
    is_number = WITH_COMMA.fullmatch(number) or WITHOUT_COMMA.fullmatch(number)
    return bool(is_number) and not AMBIGUOUS.fullmatch(number)
