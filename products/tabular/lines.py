"""Bytes to lines, whichever line ends the program used that wrote them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from products.tabular.encoding import open_text
from products.tabular.problems import UnreadableFileError

MAX_RECORD = 16_000_000  # characters; what a cell may hold is decided by its column
LONG_RECORD = 500_000
MAX_CELLS = 500_000  # in a long record; what a table may have is decided elsewhere


@dataclass
class Meter:
    """What was read since the last record: its reader resets it.

    Delimiters are only counted where the record is long already.
    """

    delimiter: str
    length: int = 0
    delimiters: int = 0

    def reset(self) -> None:
        self.length = self.delimiters = 0

    def add_long(self, line: str) -> None:
        """Add `line` to a long record; raises UnreadableFileError if it is endless."""
        self.delimiters += line.count(self.delimiter)
        if self.length > MAX_RECORD or self.delimiters > MAX_CELLS:
            raise endless_record()


def read_lines(stream: BinaryIO, encoding: str, meter: Meter) -> Iterator[str]:
    """Yield the lines with their ends: LF, CR, CR LF and CR CR LF each end one.

    Raises UnreadableFileError for NUL characters, for text that doesn't decode, and
    when `meter` comes to more than a record may have, so that memory stays bounded.
    """
    text = open_text(stream, encoding)
    after_lone_cr = False
    is_first = True
    try:
        while line := text.readline(MAX_RECORD + 1):
            meter.length += len(line)
            if meter.length > LONG_RECORD:
                meter.add_long(line)
            if "\0" in line:
                raise UnreadableFileError(_("The file has NUL characters in it."))
            if is_first:
                line, is_first = _without_bom(line)
            if not (after_lone_cr and line == "\r\n"):
                yield line
            after_lone_cr = line.endswith("\r")
    except UnicodeError as error:
        raise UnreadableFileError(
            _("The file is damaged: it starts as UTF-16 and goes on as something else.")
        ) from error
    finally:
        if not stream.closed:  # it may be, when a refusal has ended the reading
            text.detach()


def _without_bom(line: str) -> tuple[str, bool]:
    """Return `line` without a BOM, and whether the next line may still have one.

    Programs that join files leave blank lines or tabs in front of it.
    """
    bare = line.lstrip()
    if bare.startswith("\ufeff"):
        return bare[1:], False
    return line, not bare


def endless_record() -> UnreadableFileError:
    """Return the refusal of a record that doesn't end."""
    return UnreadableFileError(
        _(
            "A row of the file is longer than any text of a catalogue. Is a closing"
            " quote missing?"
        )
    )
