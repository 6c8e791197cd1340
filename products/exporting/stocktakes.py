"""The variance report of a stocktake as CSV."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from products.services.stocktake_judging import Outcome
from products.tabular.writing import escape_formula, write_csv


def export_variances(outcomes: Iterable[Outcome], *, with_value: bool) -> Iterator[str]:
    """Yield the file in pieces, a row for each line; the value for who may see it."""
    header = [
        _("SKU"),
        _("Shelf"),
        _("Expected"),
        _("Counted"),
        _("Difference"),
        *([_("Value")] if with_value else []),
        _("Note"),
    ]
    return write_csv(header, (_cells(one, with_value=with_value) for one in outcomes))


def _cells(outcome: Outcome, *, with_value: bool) -> list[str]:
    line = outcome.line
    figures = (outcome.expected, outcome.counted, outcome.difference)
    return [
        escape_formula(line.sku),
        escape_formula(line.shelf),
        *("" if figure is None else str(figure) for figure in figures),
        *(["" if outcome.value is None else str(outcome.value)] if with_value else []),
        escape_formula(line.note),
    ]
