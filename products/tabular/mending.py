"""The file of refused records: what was refused, and why, to be mended and sent again.

Three columns of ours stand before those of the file, so that records that are too long
stay as they were. Reading knows these columns by their names and passes over them; the
names are therefore the same in every language.
"""

from collections.abc import Collection, Sequence

from products.tabular.columns import normalise
from products.tabular.writing import escape_formula, unescape_formula

COLUMNS = ("Refused row", "Refused because", "How to mend it")
_NAMES = frozenset(normalise(name) for name in COLUMNS)


def mending_row(said: Sequence[object], cells: Sequence[str]) -> list[object]:
    """Return a row of the file: what is `said` of it, then `cells`, safe to open."""
    return [
        escape_formula(part) if isinstance(part, str) else part
        for part in (*said, *cells)
    ]


def own_places(header: Sequence[str]) -> frozenset[int]:
    """Return the places of our columns; none when it is no file of ours."""
    return frozenset(
        place for place, title in enumerate(header) if normalise(title) in _NAMES
    )


def mended_header(header: Sequence[str], own: Collection[int]) -> tuple[str, ...]:
    """Return `header` with nameless columns in our places: nobody reads those."""
    return tuple("" if place in own else title for place, title in enumerate(header))


def without_own(cells: Sequence[str], own: Collection[int]) -> list[str]:
    """Return the cells that are not in our columns."""
    return [text for place, text in enumerate(cells) if place not in own]


def mended_cells(cells: Sequence[str], own: Collection[int]) -> list[str]:
    """Return `cells` as they were in the first file, or as somebody mended them."""
    return [
        "" if place in own else unescape_formula(text)
        for place, text in enumerate(cells)
    ]
