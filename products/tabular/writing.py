"""Rows to CSV that spreadsheets open as it is meant, and that reads back the same.

A cell that starts with `=`, `+`, `-`, `@` is a formula to a spreadsheet: text from a
stranger could run there. Such text gets an apostrophe in front, text that has one
already gets another, so that reading can undo exactly what writing did.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

FORMULA_MARKS = frozenset("=+-@＝＋－＠")
UNSAFE_STARTS = ("'", "\t", "\r", "\n")
BOM = "\ufeff"  # without it spreadsheets take UTF-8 for the local encoding


def escape_formula(text: str) -> str:
    """Return `text` so that no spreadsheet runs it; `unescape_formula` undoes it."""
    return f"'{text}" if _is_unsafe(text) else text


def unescape_formula(text: str) -> str:
    """Return what `escape_formula` was given."""
    return text[1:] if text.startswith("'") and _is_unsafe(text[1:]) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the file piece by piece: BOM and header first, then one row at a time.

    Commas, CR LF, quotes where they are needed. The caller escapes texts: a negative
    number is no formula.
    """
    buffer = _Line()
    writer = csv.writer(buffer)
    writer.writerow(header)
    yield BOM + buffer.taken()
    for row in rows:
        writer.writerow(row)
        yield buffer.taken()


def _is_unsafe(text: str) -> bool:
    return text.startswith(UNSAFE_STARTS) or text.lstrip()[:1] in FORMULA_MARKS


class _Line:
    """The file object that csv.writer wants, holding one line."""

    def __init__(self) -> None:
        self.line = ""

    def write(self, text: str) -> None:
        self.line += text

    def taken(self) -> str:
        line, self.line = self.line, ""
        return line
