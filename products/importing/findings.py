"""What an import could not take, and what it took differently than it was written."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from products.tabular.columns import Columns
from products.tabular.problems import BadCellError, shown
from products.tabular.reading import Table


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that is left out: where, why, and how to mend it.

    `field` is the field of the product, `column` its header in the file.
    """

    record: int
    field: str
    column: str
    value: str
    reason: str
    mend: str


@dataclass(frozen=True, slots=True)
class Note:
    """A cell that was not taken as it stands, in a record that was."""

    record: int
    field: str
    column: str
    value: str
    note: str


@dataclass(slots=True)
class Findings:
    """Collects refusals and notes in the order they are found.

    `title` turns a field into the header of its column in the file.
    """

    title: Callable[[str], str] = str
    refused: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def refuse(
        self, record: int, field_name: str, value: str, error: BadCellError
    ) -> None:
        """Leave `record` out because of `error` in the cell of `field_name`."""
        column = self.title(field_name) if field_name else ""
        self.refused.append(
            Refusal(record, field_name, column, shown(value), error.reason, error.mend)
        )

    def note(self, record: int, field_name: str, value: str, note: str) -> None:
        """Remember what was not taken from a cell of `field_name`, and why."""
        self.notes.append(
            Note(record, field_name, self.title(field_name), shown(value), note)
        )

    def note_table(self, table: Table, columns: Columns) -> None:
        """Remember what of the file is not read: other sheets, unknown columns."""
        number = table.header_number
        self.notes += [Note(number, "", "", "", remark) for remark in table.remarks]
        if columns.unknown:
            titles = ", ".join(columns.unknown)
            note = _("These columns are not read.")
            self.notes.append(Note(number, "", "", titles, note))

    def note_stock_only(self, header_number: int) -> None:
        """Remember that nothing will change, because stock may not."""
        note = _(
            "This file brings stock only. It changes nothing unless the stock of"
            " existing products may change: tick that, or give --set-stock."
        )
        self.notes.append(Note(header_number, "", "", "", note))

    def sort(self) -> None:
        """Put everything in the order of the file."""
        self.refused.sort(key=lambda refusal: refusal.record)
        self.notes.sort(key=lambda note: note.record)

    @property
    def refused_records(self) -> set[int]:
        return {refusal.record for refusal in self.refused}
