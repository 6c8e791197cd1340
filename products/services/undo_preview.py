"""What undoing an operation would do, found out by doing it and throwing it away."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from products.errors import CannotUndo, InventoryError, Short
from products.models import (
    DocumentChange,
    Operation,
    ProductChange,
    StockLevel,
    StockMovement,
)
from products.services.catalogue import ROWS
from products.services.locking import LevelKey, batches
from products.services.operations import Author, Circumstances
from products.services.order_states import order_conflicts
from products.services.undo import undo_operation
from products.services.undo_products import say_deleted, still_there
from products.services.undo_stock import say_short

MOST_LINES = 2_000  # movements and changes that are played through for a preview
SHOWN = 50  # rows of each list on a page
AUTHOR = Author("preview", Operation.Source.SITE)  # of what is thrown away


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of each list is asked for, from 1; one behind the last is the last."""

    movements: int = 1
    products: int = 1
    documents: int = 1


FIRST = Pages()


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What would be written, a page of SHOWN rows of each kind, and how many in all.

    With `reasons` nothing would be. An operation of more than MOST_LINES lines is not
    played through: `is_exact` is false then, the rows are those of the operation turned
    round, without a balance, and only stock that is gone since is among the reasons.
    """

    reasons: tuple[str, ...] = ()
    movements: list[StockMovement] = field(default_factory=list)
    movement_count: int = 0
    products: list[ProductChange] = field(default_factory=list)
    product_count: int = 0
    documents: list[DocumentChange] = field(default_factory=list)
    document_count: int = 0
    is_exact: bool = True


def preview_undo(operation: Operation, *, pages: Pages = FIRST) -> UndoPreview:
    """Return what `undo_operation` would do now, by the same code; nothing stays.

    Of each list the page that `pages` asks for; their order is the same each time.
    Three queries to see how large it is. A small one is played through and rolled back;
    its locks are held for as long as that takes, which MOST_LINES bounds.
    """
    movements = operation.movements.count()
    products = operation.changes.count()
    documents = operation.document_changes.count()
    if movements + products + documents > MOST_LINES:
        return UndoPreview(
            reasons=_reasons_at_a_glance(operation),
            movements=_turned_movements(operation, _rows(pages.movements, movements)),
            movement_count=movements,
            products=_turned_products(operation, _rows(pages.products, products)),
            product_count=products,
            document_count=documents,
            is_exact=False,
        )
    return _rehearse(operation, pages)


def _rows(page: int, count: int) -> slice:
    """Return which of `count` rows stand on a page, the last one at the utmost."""
    last = max(1, -(-count // SHOWN))
    start = (min(max(page, 1), last) - 1) * SHOWN
    return slice(start, start + SHOWN)


def _rehearse(operation: Operation, pages: Pages) -> UndoPreview:
    try:
        with transaction.atomic():
            undoing = undo_operation(
                operation_id=operation.pk, circumstances=Circumstances(AUTHOR)
            )
            preview = _written_by(undoing, pages)
            transaction.set_rollback(True)
    except CannotUndo as refusal:
        return UndoPreview(reasons=refusal.reasons)
    except InventoryError as refusal:
        return UndoPreview(reasons=(refusal.message,))
    return preview


def _written_by(undoing: Operation, pages: Pages) -> UndoPreview:
    """Read what the undoing wrote, before it is thrown away; six queries."""
    movements = undoing.movements.select_related("product", "location").order_by("pk")
    products = undoing.changes.select_related("product").order_by("pk")
    documents = undoing.document_changes.order_by("pk")
    moved, changed, touched = movements.count(), products.count(), documents.count()
    return UndoPreview(
        movements=list(movements[_rows(pages.movements, moved)]),
        movement_count=moved,
        products=list(products[_rows(pages.products, changed)]),
        product_count=changed,
        documents=list(documents[_rows(pages.documents, touched)]),
        document_count=touched,
    )


def _reasons_at_a_glance(operation: Operation) -> tuple[str, ...]:
    """Return which stock that came with a large operation is gone since.

    And which lines of orders it would post twice. Reads its movements once, and the
    levels they went to; no locks.
    """
    came: dict[LevelKey, int] = defaultdict(int)
    skus: dict[int, str] = {}
    columns = ("product_id", "location_id", "sku", "delta")
    for product_id, location_id, sku, delta in operation.movements.values_list(
        *columns
    ).iterator(chunk_size=ROWS):
        came[product_id or 0, location_id] += delta
        skus[product_id or 0] = sku
    wanted = {key: units for key, units in came.items() if units > 0}
    there = still_there({key[0] for key in wanted})
    gone = [say_deleted(skus[pk]) for pk in sorted({k[0] for k in wanted} - there)]
    shorts = [
        Short(skus[level.product_id], level.location.name, units, level.available)
        for batch in batches(there)
        for level in StockLevel.objects.filter(product_id__in=batch).select_related(
            "location"
        )
        if (units := wanted.get((level.product_id, level.location_id), 0))
        > level.available
    ]
    twice = {
        reason: None
        for batch in batches(skus)
        for reason in order_conflicts(operation, batch).values()
    }
    return (*gone, *say_short(shorts), *twice)


def _turned_movements(operation: Operation, rows: slice) -> list[StockMovement]:
    """Return movements as their opposites, the last one first; in memory only."""
    shown = operation.movements.select_related("product", "location").order_by("-pk")
    movements = list(shown[rows])
    for movement in movements:
        movement.kind = StockMovement.Kind.REVERSAL
        movement.delta, movement.value_delta = -movement.delta, -movement.value_delta
        movement.balance_after = None  # type: ignore[assignment]  # nobody knows yet
    return movements


def _turned_products(operation: Operation, rows: slice) -> list[ProductChange]:
    shown = operation.changes.select_related("product").order_by("-pk")
    return [
        ProductChange(
            product=change.product,
            sku=change.sku,
            before=change.after,
            after=change.before,
        )
        for change in shown[rows]
    ]
