"""Bytes to lines, whichever line ends the program used that wrote them."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from products.tabular.encoding import open_text
from products.tabular.problems import UnreadableFileError

MAX_LINE = 16_000_000  # characters; what a cell may hold is decided by its column


def read_lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield the lines with their ends: LF, CR, CR LF and CR CR LF each end one.

    Raises UnreadableFileError for NUL characters, for text that doesn't decode, and
    for a line of MAX_LINE characters, so that memory stays bounded.
    """
    text = open_text(stream, encoding)
    after_lone_cr = False
    is_first = True
    try:
        while line := text.readline(MAX_LINE):
            if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
                raise endless_line()
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


def endless_line() -> UnreadableFileError:
    """Return the refusal of a line or cell that doesn't end."""
    return UnreadableFileError(
        _(
            "A cell of the file is longer than any text of a catalogue. Is a closing"
            " quote missing?"
        )
    )
