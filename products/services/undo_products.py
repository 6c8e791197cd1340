"""Undo of what an operation did to products: added, edited or deleted them.

Each step returns what stands against it, in sentences, and does the rest: so that the
refusal can name everything at once.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import FieldRefused
from products.models import Location, Operation, Product, ProductChange, StockLevel
from products.services.catalogue import ROWS, check_fields, save_checked
from products.services.deleting import remove_products, why_kept
from products.services.levels import open_stock, reopen_levels
from products.services.locking import LevelKey, batches, lock_products
from products.services.operations import Circumstances
from products.services.snapshots import (
    RELATED,
    Snapshot,
    field_as_json,
    field_label,
    product_from,
    set_from_json,
)

DERIVED = ("sku_key", "search_text", "version", "updated_at")
# Another product may have taken these since; any other value that was good once, is.
CLAIMED = frozenset({"sku", "barcode", "group", "option1", "option2", "option3"})


def say_deleted(sku: str) -> str:
    """Return the reason for a product that is gone."""
    return _("“%s” was deleted since.") % sku


def still_there(product_ids: Collection[int]) -> set[int]:
    """Return which of the products exist; one query per 5,000."""
    found: set[int] = set()
    for batch in batches(product_ids):
        found.update(Product.objects.filter(pk__in=batch).values_list("pk", flat=True))
    return found


def bring_back(
    undoing: Operation, changes: Sequence[ProductChange], circumstances: Circumstances
) -> list[str]:
    """Store deleted products again, under their ids, with their places.

    A fixed number of statements per ROWS, unless one is refused.
    """
    records: dict[int, Snapshot] = {c.product_id or 0: c.before or {} for c in changes}
    products = [product_from(record, pk) for pk, record in records.items()]
    for product in products:
        product.version += 1
        product.updated_at = circumstances.now or timezone.now()
    _forget_missing_relations(products)
    reasons = _insert(products)
    if reasons:
        return reasons
    _reopen_places(records)
    ProductChange.objects.bulk_create(
        [
            ProductChange(
                operation=undoing,
                product_id=product.pk,
                sku=product.sku,
                after=records[product.pk] | {"version": product.version},
            )
            for product in products
        ],
        batch_size=ROWS,
    )
    return []


def _insert(products: Sequence[Product]) -> list[str]:
    """Insert the rows; where one is refused, ask each of them why."""
    try:
        with transaction.atomic():
            Product.objects.bulk_create(products, batch_size=ROWS)
    except IntegrityError:
        reasons = [reason for product in products for reason in _why_refused(product)]
        if not reasons:
            raise
        return reasons
    return []


def _why_refused(product: Product) -> list[str]:
    try:
        check_fields(product)
    except FieldRefused as error:
        return [f"{product.sku}: {error.message}"]
    return []


def _forget_missing_relations(products: Sequence[Product]) -> None:
    """A category or brand deleted meanwhile is left empty; the product comes back."""
    for name, model in RELATED.items():
        asked = {getattr(product, f"{name}_id") for product in products} - {None}
        found = set(model.objects.filter(pk__in=asked).values_list("pk", flat=True))
        for product in products:
            if getattr(product, f"{name}_id") not in found:
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


def set_back(
    undoing: Operation, changes: Sequence[ProductChange], circumstances: Circumstances
) -> list[str]:
    """Give edited fields their old value where nobody has changed them since.

    A fixed number of statements per ROWS, and about four per product whose SKU,
    barcode or variant comes back. Locks the products.
    """
    products = lock_products(still_there({c.product_id or 0 for c in changes}))
    prefetch_related_objects(list(products.values()), *RELATED)
    reasons: list[str] = []
    trail: list[ProductChange] = []
    plain: dict[int, Product] = {}
    names: set[str] = set()
    for change in changes:
        product = products.get(change.product_id or 0)
        if product is None:
            reasons.append(say_deleted(change.sku))
            continue
        changed = _changed_since(product, change)
        reasons += changed
        if changed:
            continue
        entry = _set(undoing, product, change, circumstances)
        own = _names_in(change)
        if CLAIMED.isdisjoint(own):
            plain[product.pk] = product
            names.update(own)
        else:
            reasons += _save_claims(product, own)
        trail.append(entry)
    _save(list(plain.values()), sorted(names))
    ProductChange.objects.bulk_create(trail, batch_size=ROWS)
    return reasons


def _names_in(change: ProductChange) -> list[str]:
    return [name for name in change.before or {} if name != "version"]


def _changed_since(product: Product, change: ProductChange) -> list[str]:
    expected: dict[str, Any] = change.after or {}
    return [
        _("“%(field)s” of “%(product)s” was changed again since.")
        % {"field": field_label(name), "product": product.name}
        for name in _names_in(change)
        if field_as_json(product, name) != expected.get(name)
    ]


def _set(
    undoing: Operation,
    product: Product,
    change: ProductChange,
    circumstances: Circumstances,
) -> ProductChange:
    """Set the old values and count the edit; return the entry for the trail."""
    names = _names_in(change)
    before = {name: field_as_json(product, name) for name in names}
    after = {name: (change.before or {})[name] for name in names}
    for name in names:
        set_from_json(product, name, after[name])
    if not RELATED.keys().isdisjoint(names):
        _forget_missing_relations([product])
    product.version += 1
    product.updated_at = circumstances.now or timezone.now()
    return ProductChange(
        operation=undoing,
        product_id=product.pk,
        sku=product.sku,
        before=before | {"version": product.version - 1},
        after=after | {"version": product.version},
    )


def _save_claims(product: Product, names: list[str]) -> list[str]:
    try:
        check_fields(product)
        save_checked(product, update_fields=[*names, *DERIVED])
    except FieldRefused as error:
        return [f"{product.sku}: {error.message}"]
    return []


def _save(products: Sequence[Product], names: Sequence[str]) -> None:
    """Write the named columns of locked rows, one statement per ROWS."""
    # MariaDB takes whichever unique key is hit and must not be told; it is the id,
    # because every row is there, locked, and keeps its codes.
    named = connection.features.supports_update_conflicts_with_target
    Product.objects.bulk_create(
        products,
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["id"] if named else None,
        update_fields=[*names, *DERIVED],
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
    stock = open_stock(there, now=circumstances.now or timezone.now())
    reasons = [*gone, *why_kept(stock)]
    if may_remove and not reasons:
        remove_products(undoing, list(stock.products.values()), circumstances)
    return reasons
