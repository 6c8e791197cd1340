"""Undo of what an operation did to products: added, edited or deleted them.

Each step returns what stands against it, in sentences, and does the rest: so that the
refusal can name everything at once.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import FieldRefused
from products.models import Location, Operation, Product, ProductChange, StockLevel
from products.services.catalogue import check_fields
from products.services.deleting import remove_products, why_kept
from products.services.inserting import insert_rows
from products.services.levels import open_stock, reopen_levels
from products.services.locking import BATCH, LevelKey, batches, lock_products
from products.services.operations import Circumstances
from products.services.snapshots import (
    RELATED,
    Snapshot,
    product_from,
)
from products.services.undo_references import Replaced


def say_deleted(sku: str) -> str:
    """Return the reason for a product that is gone."""
    return _("“%s” was deleted since.") % sku


def still_there(product_ids: Collection[int]) -> set[int]:
    """Return which of the products exist; one query per 5,000."""
    found: set[int] = set()
    for batch in batches(product_ids):
        found.update(Product.objects.filter(pk__in=batch).values_list("pk", flat=True))
    return found


def in_parts(changes: "QuerySet[ProductChange]") -> Iterator[list[ProductChange]]:
    """Yield the changes in their order, 5,000 at a time; one query each."""
    last = 0
    while part := list(changes.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield part
        last = part[-1].pk


def bring_back(
    undoing: Operation,
    changes: Sequence[ProductChange],
    circumstances: Circumstances,
    replaced: Replaced,
) -> list[str]:
    """Store deleted products again, under their ids, with their places.

    `replaced` names the categories and the like that others stand for now. A fixed
    number of statements per 1,000, unless one is refused.
    """
    records: dict[int, Snapshot] = {c.product_id or 0: c.before or {} for c in changes}
    products = [product_from(record, pk) for pk, record in records.items()]
    for product in products:
        product.version += 1
        product.updated_at = circumstances.now or timezone.now()
    settle_relations(products, replaced)
    reasons = _insert(products)
    if reasons:
        return reasons
    _reopen_places(records)
    insert_rows(
        [
            ProductChange(
                operation=undoing,
                product_id=product.pk,
                sku=product.sku,
                after=records[product.pk] | {"version": product.version},
            )
            for product in products
        ]
    )
    return []


def _insert(products: Sequence[Product]) -> list[str]:
    """Insert the rows; where one is refused, ask each of them why."""
    try:
        with transaction.atomic():
            insert_rows(products, keeps_ids=True)
    except IntegrityError:
        reasons = [reason for product in products for reason in why_refused(product)]
        if not reasons:
            raise
        return reasons
    return []


def why_refused(product: Product) -> list[str]:
    """Return why the database would not take the row; about three queries."""
    try:
        check_fields(product)
    except FieldRefused as error:
        return [f"{product.sku}: {error.message}"]
    return []


def settle_relations(products: Collection[Product], replaced: Replaced) -> None:
    """Take what stands for a category or brand now; one that is gone is left empty."""
    for name, model in RELATED.items():
        column = f"{name}_id"
        for product in products:
            pk = getattr(product, column)
            if (name, pk) in replaced:
                setattr(product, column, replaced[name, pk])
        asked = {getattr(product, column) for product in products} - {None}
        found: set[int] = set()
        for batch in batches(asked):
            rows = model.objects.filter(pk__in=batch).order_by()
            found.update(rows.values_list("pk", flat=True))
        for product in products:
            if getattr(product, column) not in found:
                setattr(product, name, None)


def _reopen_places(records: Mapping[int, Snapshot]) -> None:
    """Make the levels anew, with their shelf codes and reorder figures."""
    kept: dict[LevelKey, Snapshot] = {}
    for pk, record in records.items():
        # Earlier records kept the shelf alone.
        old = {key: {"shelf": text} for key, text in record.get("shelves", {}).items()}
        for location_id, values in (old | record.get("places", {})).items():
            kept[pk, int(location_id)] = values
    there = set(Location.objects.values_list("pk", flat=True))
    kept = {key: values for key, values in kept.items() if key[1] in there}
    levels = reopen_levels(records.keys(), places=kept.keys())
    for key, values in kept.items():
        for name, value in values.items():
            setattr(levels[key], name, value)
    StockLevel.objects.bulk_update(
        [levels[key] for key in kept],
        ["shelf", "reorder_point", "reorder_quantity"],
        batch_size=500,
    )


def remove_added(
    undoing: Operation,
    changes: Sequence[ProductChange],
    circumstances: Circumstances,
    *,
    may_remove: bool,
) -> list[str]:
    """Delete the products that the operation had added, when it `may_remove` them.

    Locks the products and their levels.
    """
    if not changes:
        return []
    there = still_there({change.product_id or 0 for change in changes})
    gone = [say_deleted(c.sku) for c in changes if c.product_id not in there]
    products = lock_products(there)
    stock = open_stock(there, now=circumstances.now or timezone.now())
    reasons = [*gone, *why_kept(stock)]
    if may_remove and not reasons:
        remove_products(undoing, list(products.values()), circumstances)
    return reasons
