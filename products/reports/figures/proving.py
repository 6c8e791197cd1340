"""Whether the stored figures are what they should be."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from products.reports.figures.counting import count_by_index
from products.reports.figures.storing import is_still_true, stored_figures

CENT = Decimal("0.01")  # SQLite adds in binary, not twice in the same order


def wrong_figures() -> Iterator[tuple[str, object, object]]:
    """Yield each stored figure that is wrong: its name, what it is, what it should be.

    Nothing where none are stored or where something has moved them since: then they are
    old, not wrong. Counts; to be seen from one moment.
    """
    stored = stored_figures(with_cost=True)
    if stored is None or not is_still_true():
        return
    counted = asdict(count_by_index(with_cost=True))
    for name, found in asdict(stored).items():
        expected = counted[name]
        if name != "as_of" and not is_same(found, expected):
            yield name, found, expected


def is_same(found: object, expected: object) -> bool:
    """Return whether two figures are one, but for how a sum was rounded."""
    if isinstance(found, Decimal) and isinstance(expected, Decimal):
        return abs(found - expected) <= CENT
    return found == expected
