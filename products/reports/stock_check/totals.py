"""A product's running totals against its levels."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy

from products.models import Location
from products.reports.stock_check.findings import Fault, differs
from products.reports.stock_check.rows import LevelRow, ProductRow

# Lazy: there are three for each product, and a translation costs more than the sum.
LABELS = (
    gettext_lazy("On hand of the product"),
    gettext_lazy("Held of the product"),
    gettext_lazy("In transit of the product"),
)


def faults_of_totals(
    product: ProductRow,
    levels: Mapping[int, LevelRow],
    locations: Mapping[int, Location],
) -> Iterator[Fault]:
    """Yield each total that is not the sum of the levels; raises one of UNREADABLE."""
    on_hand = reserved = in_transit = 0
    for location_id, level in levels.items():
        if locations[location_id].kind == Location.Kind.TRANSIT:
            in_transit += level.on_hand
        else:
            on_hand += level.on_hand
            reserved += level.reserved
    expected = (on_hand, reserved, in_transit)
    found = (product.on_hand, product.reserved, product.in_transit)
    if found != expected:
        for label, is_now, should_be in zip(LABELS, found, expected, strict=True):
            if is_now != should_be:
                yield differs("total", str(label), is_now, should_be)
