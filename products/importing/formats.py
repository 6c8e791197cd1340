"""What the formats have in common: matching columns, reading the cells of a record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from products.importing.field_rules import (
    EMPTY,
    LEFT_WHEN_BLANK,
    NEVER_BLANK,
    is_only_cell,
)
from products.importing.fields import READERS
from products.importing.findings import Findings
from products.tabular.columns import Columns
from products.tabular.problems import BadCellError
from products.tabular.reading import Record


@dataclass(frozen=True)
class Format:
    """One kind of file: how to know it, and how to read it.

    `aliases` is normalised header -> field, `required` the fields without which no
    record can be read, by the header that names them. `match` finds the columns in a
    header and raises ColumnsError; `fits` says whether a file with these columns is of
    this kind; `read` yields the products and tells the findings what it leaves out. A
    format that `reads_orders` yields lines of orders instead; one that `is_stock_only`
    has nothing else for products that are there. `mendable` yields what
    may be kept of refused records; None keeps all of it.
    """

    code: str
    label: str | Promise
    aliases: Mapping[str, str]
    required: Mapping[str, str]
    match: Callable[[Sequence[str]], Columns]
    fits: Callable[[Columns], bool]
    read: Callable[[Iterable[Record], Columns, Findings], Iterator[Any]]
    reads_orders: bool = False
    is_stock_only: bool = False
    mendable: Callable[[Iterable[Record], Columns], Iterator[Record]] | None = None


def read_values(
    cells: Mapping[str, str], fields: Iterable[str], record: int, findings: Findings
) -> dict[str, Any] | None:
    """Read the cells of `fields` that have a column.

    A blank cell empties its field; "on_hand:BACK" is read like "on_hand". Returns
    None when the record has to be refused; every fault is told, not only the first.
    A cell the record can do without is noted and left out, as if its column were not
    there.
    """
    values: dict[str, Any] = {}
    is_refused = False
    for name in fields:
        text = cells.get(name)
        if text is None or (not text and name in LEFT_WHEN_BLANK):
            continue
        try:
            values[name] = _read(name, text)
        except BadCellError as error:
            if is_only_cell(name, error):
                findings.note(record, name, text, _left_out(error))
            else:
                findings.refuse(record, name, text, error)
                is_refused = True
    return None if is_refused else values


def _read(name: str, text: str) -> Any:
    kind = name.partition(":")[0]
    value = READERS[kind](text) if text else EMPTY.get(kind, "")
    if kind in NEVER_BLANK and not value:
        raise BadCellError(_("A product needs a name."), _("Write one."))
    return value


def _left_out(error: BadCellError) -> str:
    return _("%(reason)s The cell was left out. %(mend)s") % {
        "reason": error.reason,
        "mend": error.mend,
    }
