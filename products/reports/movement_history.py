"""Every movement of the shop, of products that are gone too."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet

from products.fields import fold_words
from products.models import Operation, Product, StockMovement
from products.models.stored import as_stored, to_decimal
from products.reports.deletions import search_deletions
from products.reports.levels import has_several_locations
from products.tabular.tables import Cell, write_table

PAGE = 2_000  # movements in memory
RECENT = 5_000  # operations
FEW = 500  # products that are named one by one in a query
COLUMNS = (
    "sku",
    "kind",
    "delta",
    "balance_after",
    "recorded_at",
    "effective_at",
    "is_backdated",
    "product__name",
    "location__name",
    "operation__actor_label",
    "operation__source",
    "operation__reason",
    "operation__reference",
)
SOURCES = {
    "recorded": "recorded_at",
    "business_date": "effective_at",
    "sku": "sku",
    "name": "product__name",
    "kind": "kind",
    "location": "location__name",
    "change": "delta",
    "on_hand_after": "balance_after",
    "unit_cost": "stored_cost",
    "value": "stored_value",
    "by": "operation__actor_label",
    "source": "operation__source",
    "reason": "operation__reason",
    "reference": "operation__reference",
    "operation": "operation_id",
}
"""The columns of the file, and what stands in them."""
COSTS = frozenset({"unit_cost", "value"})


def all_movements() -> "QuerySet[Any]":
    """Return the movements with product (None when it is gone), location, operation.

    `stored_cost` and `stored_value` are as they are stored. To narrow them to some
    products, filter by `owner_id`: a filter by the product itself turns its join into
    an inner one, and what is gone would be left out.
    """
    return (
        StockMovement.objects.select_related("product", "location", "operation")
        .only(*COLUMNS)
        .alias(owner_id=F("product_id"))
        .annotate(
            stored_cost=as_stored("unit_cost"), stored_value=as_stored("value_delta")
        )
    )


def recent_names() -> list[str]:
    """Return who did the last RECENT operations: people, and commands; one query.

    By the names they had then: an account may be gone, and a command has none.
    """
    recent = Operation.objects.order_by("-pk").values_list("actor_label", flat=True)
    return sorted({*recent[:RECENT]}, key=fold_words)


def of_products_like(
    movements: "QuerySet[Any]", text: str
) -> tuple["QuerySet[Any]", bool]:
    """Return the movements of the products that a search finds, gone ones too.

    And whether those are few: then they are named, so that the index by product is
    read; with many, most of the movements are theirs anyway. Two queries.
    """
    present = Product.objects.search(text).order_by().values_list("pk", flat=True)
    gone = search_deletions(text).order_by().values_list("product_id", flat=True)
    named = [*present[: FEW + 1], *gone[: FEW + 1]]
    if len(named) <= FEW:
        return movements.filter(owner_id__in=named), True
    return movements.filter(Q(owner_id__in=present) | Q(owner_id__in=gone)), False


def movements_csv(movements: "QuerySet[Any]", *, with_cost: bool) -> Iterator[str]:
    """Yield the file in pieces, newest first; a query per PAGE movements.

    Without `with_cost` there are neither costs nor values; locations are named in a
    shop with several. What is recorded meanwhile is not in it.
    """
    left_out = set() if with_cost else set(COSTS)
    if not has_several_locations():
        left_out.add("location")
    names = [name for name in SOURCES if name not in left_out]
    amounts = [place for place, name in enumerate(names) if name in COSTS]
    columns = [SOURCES[name] for name in names]
    return write_table(names, _rows(movements, columns, amounts))


def _rows(
    movements: "QuerySet[Any]", columns: list[str], amounts: list[int]
) -> Iterator[list[Cell]]:
    """Yield the `columns` of each movement, newest first; `amounts` says which are."""
    ordered = movements.order_by("-pk").values_list(*columns, "pk")
    batch = list(ordered[:PAGE])
    while batch:
        for row in batch:
            cells: list[Cell] = list(row[:-1])
            for place in amounts:
                stored = cells[place]
                cells[place] = None if stored is None else to_decimal(stored)
            yield cells
        batch = list(ordered.filter(pk__lt=batch[-1][-1])[:PAGE])
