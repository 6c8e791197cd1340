"""Delimited text to raw records: numbered, trimmed, in the memory of one."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from django.utils.translation import gettext as _

from products.tabular.lines import MAX_RECORD, Meter, endless_record, read_lines
from products.tabular.problems import BadCellError, UnreadableFileError

# Process-wide in Python's csv module; nothing else here reads CSV.
csv.field_size_limit(MAX_RECORD)
RawRecord: TypeAlias = tuple[int, list[str], BadCellError | None]


@dataclass(frozen=True)
class DelimitedText:
    """Text and how it is written; `codec` is Python's name of its encoding."""

    stream: BinaryIO
    codec: str
    delimiter: str

    def records(self) -> Iterator[RawRecord]:
        """Yield number, trimmed cells and problem of every record, blank ones too."""
        meter = Meter(self.delimiter)
        lines = read_lines(self.stream, self.codec, meter)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        number = 0
        while True:
            number += 1
            meter.reset()
            try:
                cells = [cell.strip() for cell in next(reader)]
            except StopIteration:
                return
            except csv.Error as error:
                # The reader goes on with the next line, so only this record is lost;
                # except at the end, where an open quote may have swallowed everything.
                yield number, [], _explained(error, number)
            else:
                yield number, cells, None


def _explained(error: csv.Error, number: int) -> BadCellError:
    """Return what the csv module means; raise when it is the end of the file."""
    said = str(error)
    if "unexpected end" in said:
        raise UnreadableFileError(
            _(
                "The file ends inside a quoted cell that begins in row"
                " %(number)d: it was cut off, or a closing quote is missing."
            )
            % {"number": number}
        )
    if "larger than field limit" in said:
        raise endless_record()
    return BadCellError(
        _("A quote stands in the wrong place."),
        _("Inside a quoted cell, write each quote twice."),
    )
