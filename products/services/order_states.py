"""Which sales and returns of order lines are in force; reads only.

A posting is in force until its operation is undone at its place, and again when that
undoing is undone: whether it was is said by the movements, because of an import only
some places may have been taken back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from products.models import Operation, OrderLine, StockMovement
from products.services.locking import LevelKey, batches

KEYS = 1_000  # in one statement


@dataclass(slots=True)
class LineState:
    """What is known of one line: all its postings, and those in force.

    `sale` is what sold it; it is None again when that was undone.
    """

    turns: int = 0
    sale: OrderLine | None = None
    is_returned: bool = False

    def takes(self, *, is_return: bool) -> bool:
        """Say whether a return, or a sale, can be posted."""
        if is_return:
            return self.sale is not None and not self.is_returned
        return self.sale is None


def find_states(keys: Collection[str]) -> dict[str, LineState]:
    """Return the state of each line; two queries per 1,000, more for what was undone.

    To act upon it, lock the products first.
    """
    states = {key: LineState() for key in keys}
    rows = _rows_of(states.keys())
    in_force = _in_force(rows)
    for row in rows:
        state = states[row.key]
        state.turns += 1
        if row.pk in in_force and row.is_return:
            state.is_returned = True
        elif row.pk in in_force:
            state.sale = row
    return states


def order_conflicts(
    operation: Operation, product_ids: Collection[int]
) -> dict[LevelKey, str]:
    """Say where undoing `operation` would count an order line twice, and why.

    Of an import, or of an undoing of one; for 5,000 products at most. A sale must not
    be taken back whose goods were returned by a cancellation, nor made again when it
    was posted anew. Lock the products first. One query, and one for each operation it
    undoes, when it has nothing to do with orders.
    """
    root, is_taken_back = _root_of(operation)
    lines = root.order_lines.filter(product__in=product_ids)
    mine = list(lines.order_by("pk")) if product_ids else []
    if not mine:
        return {}
    places = _places(operation, product_ids)
    rows = _rows_of({row.key for row in mine})
    in_force = _in_force(rows)
    others: dict[str, list[OrderLine]] = defaultdict(list)
    for row in rows:
        if row.pk in in_force and row.operation_id != root.pk:
            others[row.key].append(row)
    return {
        (row.product_id or 0, row.location_id): reason
        for row in mine
        if (row.product_id or 0, row.location_id) in places
        and (reason := _conflict(row, others[row.key], is_again=is_taken_back))
    }


def _conflict(row: OrderLine, others: Iterable[OrderLine], *, is_again: bool) -> str:
    """Return why the posting can't be taken back, or made again; "" when it can."""
    sales = [each for each in others if not each.is_return]
    returns = [each for each in others if each.is_return]
    order = {"order": row.order_name}
    if is_again and row.is_return and (returns or not sales):
        return _("The goods of order %(order)s came back in another way since.") % order
    if is_again and not row.is_return and sales:
        return _("Order %(order)s was posted again since.") % order
    if not is_again and not row.is_return and returns:
        return _("Order %(order)s was cancelled since. Undo that first.") % order
    return ""


def _root_of(operation: Operation) -> tuple[Operation, bool]:
    """Return the operation that all the undoing began with, and whether it is undone.

    That is, whether undoing `operation` would do it again.
    """
    is_taken_back = False
    while operation.reverses is not None:
        operation = operation.reverses
        is_taken_back = not is_taken_back
    return operation, is_taken_back


def _rows_of(keys: Collection[str]) -> list[OrderLine]:
    ordered = sorted(keys)
    return [
        row
        for start in range(0, len(ordered), KEYS)
        for row in OrderLine.objects.filter(
            key__in=ordered[start : start + KEYS]
        ).order_by("pk")
    ]


def _in_force(rows: Collection[OrderLine]) -> set[int]:
    undone_by = _undone_by({row.operation_id for row in rows})
    moved = _moved(undone_by, {row.product_id or 0 for row in rows})
    found: set[int] = set()
    for row in rows:
        is_in_force = True
        current = row.operation_id
        while current in undone_by:
            current = undone_by[current]
            if (current, row.product_id, row.location_id) not in moved:
                break
            is_in_force = not is_in_force
        if is_in_force:
            found.add(row.pk)
    return found


def _undone_by(operation_ids: Collection[int]) -> dict[int, int]:
    """Return operation -> what undid it, and what undid that; a query for each step."""
    found: dict[int, int] = {}
    waiting = set(operation_ids)
    while waiting:
        links = dict(
            Operation.objects.filter(reverses__in=waiting).values_list(
                "reverses_id", "pk"
            )
        )
        found |= {before or 0: after for before, after in links.items()}
        waiting = set(links.values())
    return found


def _moved(
    undone_by: Mapping[int, int], product_ids: Collection[int]
) -> set[tuple[int, int | None, int]]:
    """Return where the undoing operations moved these products."""
    if not undone_by:
        return set()
    operations = set(undone_by.values())
    return {
        place
        for batch in batches(product_ids)
        for place in StockMovement.objects.filter(
            operation__in=operations, product__in=batch
        )
        .order_by()
        .values_list("operation_id", "product_id", "location_id")
    }


def _places(operation: Operation, product_ids: Collection[int]) -> set[LevelKey]:
    moved = (
        operation.movements.filter(product__in=product_ids)
        .order_by()
        .values_list("product_id", "location_id")
    )
    return {(product_id or 0, location_id) for product_id, location_id in moved}
