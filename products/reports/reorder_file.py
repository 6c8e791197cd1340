"""The reorder list as CSV, to send to a supplier."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from products.reports.reorder import Need
from products.tabular.writing import escape_formula, write_csv


def export_reorder(
    needs: Iterable[Need],
    *,
    with_supplier: bool,
    with_location: bool,
    with_cost: bool,
) -> Iterator[str]:
    """Yield the file in pieces: a row for each need with something to order.

    What is on hand is nobody else's business and left out.
    """
    header = [
        *([_("Supplier")] if with_supplier else []),
        _("SKU"),
        _("Barcode"),
        _("Name"),
        _("Options"),
        *([_("Deliver to")] if with_location else []),
        _("Quantity"),
        *([_("Unit cost")] if with_cost else []),
    ]
    rows = (
        [
            *([escape_formula(need.supplier)] if with_supplier else []),
            escape_formula(need.sku),
            escape_formula(need.barcode),
            escape_formula(need.name),
            escape_formula(need.options),
            *([escape_formula(need.location)] if with_location else []),
            str(need.suggested),
            *([_plain(need)] if with_cost else []),
        ]
        for need in needs
        if need.suggested
    )
    return write_csv(header, rows)


def _plain(need: Need) -> str:
    """Return the cost without the zeros its column adds at the end."""
    return "" if need.cost is None else f"{need.cost.normalize():f}"
