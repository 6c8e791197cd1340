"""What happened to products since an import added them: why its undo keeps them.

Reads only. What was undone since counts as if it had never been.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from products.models import (
    Hold,
    Operation,
    StockLevel,
    StockMovement,
    Stocktake,
    StocktakeLine,
    Transfer,
    TransferLine,
)
from products.services.undo_values import among

Reasons = dict[int, list[str]]


def used_since(
    operation: Operation, product_ids: Sequence[int], moment: datetime
) -> Reasons:
    """Return per product why it is in use: moved, held, in a document, on a shelf.

    At most 5,000 products at once, in the order of their ids; five queries. It may tell
    of others too.
    """
    found: Reasons = defaultdict(list)
    for pk, kinds in _moved(operation, product_ids).items():
        found[pk].append(_("Its stock has moved since: %s.") % ", ".join(kinds))
    held = Hold.objects.live(moment).filter(among("product_id", product_ids))
    for pk in sorted(set(held.values_list("product_id", flat=True))):
        found[pk or 0].append(_("Some of it is held."))
    for pk, name in _in_documents(product_ids):
        found[pk].append(_("It is in “%s”.") % name)
    arranged = StockLevel.objects.filter(among("product_id", product_ids)).filter(
        ~Q(shelf="")
        | Q(reorder_point__isnull=False)
        | Q(reorder_quantity__isnull=False)
    )
    for pk in sorted(set(arranged.values_list("product_id", flat=True))):
        found[pk].append(_("It was given a shelf or reorder figures since."))
    return found


def _moved(operation: Operation, product_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the kinds of later movements per product, for what was not undone.

    An operation and the undoing of it add up to nothing, place by place; with what
    the undoing had to leave they don't.
    """
    rows = list(
        StockMovement.objects.filter(among("product_id", product_ids))
        .exclude(operation=operation)
        .order_by("pk")
        .values_list(
            "product_id",
            "location_id",
            "operation_id",
            "operation__reverses_id",
            "kind",
            "delta",
            "value_delta",
        )
    )
    reverses = {row[2]: row[3] for row in rows}
    sums: dict[tuple[int, int, int], tuple[int, Decimal]] = {}
    kinds: dict[tuple[int, int, int], dict[str, None]] = defaultdict(dict)
    for pk, place, made_by, _undone, kind, delta, value in rows:
        key = (pk or 0, place, _first_of(made_by, reverses))
        units, worth = sums.get(key, (0, Decimal(0)))
        sums[key] = (units + delta, worth + value)
        kinds[key][kind] = None
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for key, total in sums.items():
        if any(total):
            found[key[0]].update(kinds[key])
    return {pk: _labels(names) for pk, names in found.items()}


def _first_of(made_by: int, reverses: Mapping[int, int | None]) -> int:
    """Return the operation that was undone, or undone and redone, by this one."""
    while (undone := reverses.get(made_by)) is not None:
        made_by = undone
    return made_by


def _labels(kinds: Iterable[str]) -> list[str]:
    return [str(StockMovement.Kind(kind).label) for kind in kinds]


def _in_documents(product_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Return (product, name) of open transfers and counts, and of what was counted."""
    moving = TransferLine.objects.filter(
        among("product_id", product_ids), transfer__state__in=Transfer.OPEN
    ).select_related("transfer")
    counting = StocktakeLine.objects.filter(
        Q(stocktake__state__in=Stocktake.OPEN)
        | Q(stocktake__state=Stocktake.State.APPLIED, counted__isnull=False),
        among("product_id", product_ids),
    ).select_related("stocktake")
    named = [(line.product_id or 0, str(line.transfer)) for line in moving]
    named += [(line.product_id or 0, line.stocktake.name) for line in counting]
    return list(dict.fromkeys(named))
