"""Deleting a product: the row goes, its stock is written off, its record is kept."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import ngettext

from products.errors import InventoryError
from products.models import (
    Location,
    Operation,
    Product,
    ProductChange,
    StockLevel,
    StockMovement,
)
from products.services.inserting import insert_rows
from products.services.ledger import post
from products.services.levels import Stock, forget_levels, open_stock
from products.services.lines import Line
from products.services.locking import batches, lock_products
from products.services.operations import (
    Circumstances,
    find_repeated,
    start_operation,
)
from products.services.snapshots import RELATED, Snapshot, snapshot

OF_PLACES = ("shelf", "reorder_point", "reorder_quantity")
"""What a level has beside its figures, kept with the record of a deleted product."""


@transaction.atomic
def delete_product(*, product_id: int, circumstances: Circumstances) -> Operation:
    """Remove the row; write its stock off; keep the whole record for undo.

    With a known idempotency key the first operation comes back. Locks the product,
    then its levels. Raises ProductGone, and InventoryError while some of its stock is
    held or on the way.
    """
    known = find_repeated(circumstances.once)
    if known is not None:
        return known
    product = lock_products([product_id])[product_id]
    stock = open_stock([product_id], now=circumstances.now or timezone.now())
    reasons = why_kept(stock)
    if reasons:
        raise InventoryError(" ".join(reasons))
    operation, is_new = start_operation(Operation.Kind.PRODUCT_DELETED, circumstances)
    if is_new:
        remove_products(operation, [product], circumstances)
    return operation


def why_kept(stock: Stock) -> list[str]:
    """Say what stands against deleting these products: units held or on the way.

    One query.
    """
    levels = stock.levels.values()
    on_the_way = set(Location.objects.in_transit().values_list("pk", flat=True))
    held = sum(level.reserved for level in levels)
    moving = sum(level.on_hand for level in levels if level.location_id in on_the_way)
    reasons: list[str] = []
    if held:
        reasons.append(
            ngettext(
                "%(count)d unit is held. Release it before you delete this product.",
                "%(count)d units are held."
                " Release them before you delete this product.",
                held,
            )
            % {"count": held}
        )
    if moving:
        reasons.append(
            ngettext(
                "%(count)d unit is on the way."
                " Receive it or cancel the transfer first.",
                "%(count)d units are on the way."
                " Receive them or cancel the transfer first.",
                moving,
            )
            % {"count": moving}
        )
    return reasons


def remove_products(
    operation: Operation, products: Sequence[Product], circumstances: Circumstances
) -> None:
    """Write off what is left, keep the records and delete the locked products' rows.

    A fixed number of statements per 5,000 products.
    """
    ids = [product.pk for product in products]
    levels = [level for batch in batches(ids) for level in _worth_keeping(batch)]
    lines = [
        Line(
            level.product_id,
            level.location_id,
            StockMovement.Kind.WRITTEN_OFF,
            delta=-level.on_hand,
        )
        for level in levels
        if level.on_hand
    ]
    post(operation, lines, now=circumstances.now, leaving=ids)
    places: dict[int, dict[str, Snapshot]] = defaultdict(dict)
    for level in levels:
        kept = {name: getattr(level, name) for name in OF_PLACES}
        if any(value not in {None, ""} for value in kept.values()):
            places[level.product_id][str(level.location_id)] = kept
    prefetch_related_objects(list(products), *RELATED)
    insert_rows(
        [
            ProductChange(
                operation=operation,
                product_id=product.pk,
                sku=product.sku,
                before=snapshot(product) | {"places": places.get(product.pk, {})},
            )
            for product in products
        ]
    )
    erase_products(ids)


def erase_products(product_ids: Collection[int]) -> None:
    """Delete the rows of locked products and of their levels, which must be empty.

    Two statements per 5,000. Django's own `delete` would load every product first.
    """
    forget_levels(product_ids)
    with connection.cursor() as cursor:
        for batch in batches(product_ids):
            marks = ", ".join(["%s"] * len(batch))
            cursor.execute(
                f"DELETE FROM products_product WHERE id IN ({marks})",  # noqa: S608  (only marks)
                batch,
            )


def _worth_keeping(product_ids: list[int]) -> "QuerySet[StockLevel]":
    """Return the levels that have stock, a shelf, or reorder figures of their own."""
    levels = StockLevel.objects.filter(product_id__in=product_ids)
    return levels.filter(
        Q(on_hand__gt=0)
        | ~Q(shelf="")
        | Q(reorder_point__isnull=False)
        | Q(reorder_quantity__isnull=False)
    )
