"""Editing many products as part of one operation, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import InventoryError
from products.models import (
    Location,
    Operation,
    Product,
    ProductChange,
    StockLevel,
    StockMovement,
)
from products.services.catalogue import ROWS
from products.services.inserting import insert_rows, update_rows
from products.services.ledger import post
from products.services.lines import Line
from products.services.locking import lock_products
from products.services.operations import Circumstances
from products.services.snapshots import RELATED, Snapshot, field_as_json

# Written with what they are derived from alone: each has an index to be kept.
DERIVED_FROM = {
    "sku_key": {"sku"},
    "search_text": {"sku", "barcode", "name", "brand"},
}
ZERO = Decimal(0)
UNIQUE = frozenset({"barcode", "group", "option1", "option2", "option3"})


class EditsOutdated(InventoryError):
    """Products were edited by somebody since the edits were worked out."""

    code = "edits_outdated"

    def __init__(self, skus: Sequence[str]) -> None:
        self.skus = tuple(skus)
        super().__init__(
            _("These products were changed in the meantime: %s.")
            % ", ".join(self.skus[:5])
        )


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """New values of a product: field -> value, a relation's as the object or None."""

    product_id: int
    seen_version: int
    values: Mapping[str, Any]


@transaction.atomic
def edit_products_in_bulk(
    *, operation: Operation, edits: Sequence[BulkEdit], circumstances: Circumstances
) -> None:
    """Store many checked edits, their audit trail, and the first value of stock.

    For imports: the caller has checked every value, the database checks again. Two
    products may swap a barcode. Stock whose cost becomes known is valued, as in
    `editing.update_product`. Locks the products, then their levels.

    Raises ProductGone, EditsOutdated when a version is not the one seen, and
    IntegrityError when somebody took a code in the meantime.
    """
    products = lock_products([edit.product_id for edit in edits])
    stale = [
        products[edit.product_id].sku
        for edit in edits
        if products[edit.product_id].version != edit.seen_version
    ]
    if stale:
        raise EditsOutdated(stale)
    names = sorted({name for edit in edits for name in edit.values})
    prefetch_related_objects(
        list(products.values()), *(name for name in RELATED if name in names)
    )
    moment = circumstances.now or timezone.now()
    trail: list[ProductChange] = []
    valued: list[Product] = []
    for edit in edits:
        product = products[edit.product_id]
        before = _set(product, edit.values)
        product.updated_at = moment
        trail.append(_change(operation, product, before))
        if "cost" in before and before["cost"] is None and product.cost:
            valued.append(product)
    save_rows(list(products.values()), names)
    insert_rows(trail)
    post(operation, _first_values(valued), now=circumstances.now)


def _set(product: Product, values: Mapping[str, Any]) -> Snapshot:
    """Set the values and count the edit; return what they were, as JSON."""
    kept = (*values, "version")
    before = {name: field_as_json(product, name) for name in kept}
    for name, value in values.items():
        setattr(product, name, value)
    product.version += 1
    return before


def _change(operation: Operation, product: Product, before: Snapshot) -> ProductChange:
    return ProductChange(
        operation=operation,
        product_id=product.pk,
        sku=product.sku,
        before=before,
        after={name: field_as_json(product, name) for name in before},
    )


def save_rows(products: Sequence[Product], names: Sequence[str]) -> None:
    """Write the named columns of locked rows, in a few statements.

    Two products may swap what only one can have, but for their SKU. IntegrityError
    when another product has it.
    """
    if not products:
        return
    if UNIQUE.intersection(names):
        # A swap would meet itself half-way; NULL is equal to nothing.
        ids = [product.pk for product in products]
        for start in range(0, len(ids), ROWS):
            rows = Product.objects.filter(pk__in=ids[start : start + ROWS])
            rows.update(barcode=None, group=None)
        names = sorted({*names, "barcode", "group"})
    derived = [it for it, sources in DERIVED_FROM.items() if sources & {*names}]
    update_rows(products, [*names, *derived, "version", "updated_at"])


def _first_values(products: Sequence[Product]) -> list[Line]:
    """Return the lines that value the stock of products whose cost is new."""
    costs = {product.pk: product.cost or ZERO for product in products}
    lines: list[Line] = []
    ids = sorted(costs)
    for start in range(0, len(ids), ROWS):
        levels = StockLevel.objects.filter(
            product_id__in=ids[start : start + ROWS],
            location__kind=Location.Kind.STOCK,
            on_hand__gt=0,
            value=0,
        )
        lines += [
            Line(
                level.product_id,
                level.location_id,
                StockMovement.Kind.REVALUED,
                value_delta=costs[level.product_id] * level.on_hand,
            )
            for level in levels
        ]
    return lines
