"""Rows to CSV that spreadsheets open as it is meant, and that reads back the same.

A cell that starts with `=`, `+`, `-`, `@` is a formula to a spreadsheet: text from a
stranger could run there. Such text gets an apostrophe in front, text that has one
already gets another, so that reading can undo exactly what writing did.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from products.tabular.tally import tally

FORMULA_MARKS = "=+-@＝＋－＠"
UNSAFE_STARTS = ("'", "\t", "\r", "\n")
UNSAFE = re.compile(rf"\0(?:['\t\r\n]|\s*[{re.escape(FORMULA_MARKS)}])")
BOM = "\ufeff"  # without it spreadsheets take UTF-8 for the local encoding
PIECE = 1 << 15  # characters; a piece per row would be a packet per row


def escape_formula(text: str) -> str:
    """Return `text` so that no spreadsheet runs it; `unescape_formula` undoes it."""
    return f"'{text}" if is_unsafe(text) else text


def unescape_formula(text: str) -> str:
    """Return what `escape_formula` was given."""
    return text[1:] if text.startswith("'") and is_unsafe(text[1:]) else text


def is_unsafe(text: str) -> bool:
    """Say whether a spreadsheet might run `text`, or has a mark of ours in front."""
    return text.startswith(UNSAFE_STARTS) or text.lstrip()[:1] in _MARKS


def any_unsafe(texts: Iterable[str]) -> bool:
    """Say whether any of `texts` may be unsafe: False is certain, True a suspicion."""
    return UNSAFE.search("\0" + "\0".join(texts)) is not None


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the file piece by piece: BOM and header at once, then many rows at a time.

    Commas, CR LF, quotes where they are needed. The caller escapes texts: a negative
    number is no formula.
    """
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    yield BOM + _taken(buffer)
    count = tally()
    for row in rows:
        writer.writerow(row)
        count.rows += 1
        if buffer.tell() >= PIECE:
            yield _taken(buffer)
    if buffer.tell():
        yield _taken(buffer)


_MARKS = frozenset(FORMULA_MARKS)


def _taken(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
