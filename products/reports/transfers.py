"""Transfers as lists and pages show them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)

from products.fields import fold_key, is_storable
from products.models import (
    DocumentChange,
    Location,
    Operation,
    StockLevel,
    Transfer,
    TransferLine,
)
from products.models.stored import decimals_of

State = Transfer.State
TABS: dict[str, tuple[State, ...]] = {
    "open": Transfer.OPEN,
    "draft": (State.DRAFT,),
    "way": Transfer.ON_THE_WAY,
    "received": (State.RECEIVED,),
    "cancelled": (State.CANCELLED,),
}
"""What stands in the address, and the states that the tab shows."""
NUMBER = re.compile(r"(?:t-)?([0-9]{1,18})", re.IGNORECASE)
OUTSTANDING = F("lines__quantity") - F("lines__received") - F("lines__lost")


def find_transfers(states: Sequence[State], searched: str) -> QuerySet[Transfer]:
    """Return transfers in these states, newest first, with their sums; one query.

    `searched` is a number (T-12), a reference, or the SKU of something in it. Each
    comes as `skus`, `units`, `units_out` (still on the way).
    """
    found = Transfer.objects.filter(state__in=states)
    if searched:
        number = NUMBER.fullmatch(searched)
        is_it = Q(pk=int(number[1])) if number else Q()
        within = TransferLine.objects.filter(transfer=OuterRef("pk"))
        if is_storable(searched):
            by_sku = within.filter(
                Q(sku__icontains=searched)
                | Q(product__sku_key=fold_key(searched))
                | Q(product__barcode=searched)
            )
            is_it |= Q(reference__icontains=searched) | Q(Exists(by_sku))
        found = found.filter(is_it)
    return (
        found.select_related("source", "destination")
        .annotate(
            skus=Count("lines"),
            units=Sum("lines__quantity", output_field=BigIntegerField()),
            units_out=Sum(OUTSTANDING),
        )
        .order_by("-pk")
    )


def has_two_ends() -> bool:
    """Say whether there are two locations in use to move stock between; one query."""
    return Location.objects.stocked().count() > 1


def count_by_tab() -> dict[str, int]:
    """Return how many transfers each tab shows; one query."""
    rows = Transfer.objects.order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(rows)
    return {
        tab: sum(counts.get(state, 0) for state in states)
        for tab, states in TABS.items()
    }


@dataclass(frozen=True, slots=True)
class Step:
    """An operation that changed a transfer, and whether it can be undone still."""

    operation: Operation
    is_last: bool


def steps_of(transfer: Transfer) -> list[Step]:
    """Return what was done to a transfer, oldest first; one query.

    Only the last step can be undone: the others have gone on since.
    """
    changes = DocumentChange.objects.filter(
        document=DocumentChange.Document.TRANSFER, document_id=transfer.pk
    ).select_related("operation__reverses__reverses", "operation__reversed_by")
    operations = [change.operation for change in changes.order_by("pk")]
    return [Step(one, one is operations[-1]) for one in operations]


def lines_of(transfer: Transfer) -> list[TransferLine]:
    """Return the lines with their products and categories; one query."""
    lines = transfer.lines.select_related("product__category")
    return list(lines.defer(*decimals_of("product")).order_by("pk"))


def shelves_at(location_id: int, lines: Sequence[TransferLine]) -> dict[int, str]:
    """Return the shelf codes of the lines' products at a location; one query."""
    levels = StockLevel.objects.filter(
        location_id=location_id,
        product_id__in=[line.product_id for line in lines],
    )
    return dict(levels.exclude(shelf="").values_list("product_id", "shelf"))
