"""Making variants: one product becomes a group, each combination a SKU of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from products.errors import FieldRefused, InventoryError
from products.fields import fold_key
from products.models import Location, Operation, Product, ProductGroup
from products.services.catalogue import Opening, store_products
from products.services.editing import store_changes
from products.services.locking import lock_products
from products.services.operations import Circumstances, start_operation
from products.services.snapshots import EDITABLE, snapshot

MOST = 100  # variants in one go
OPTIONS = ("option1", "option2", "option3")
OWN = {*OPTIONS, "sku", "barcode", "price", "cost", "image", "image_url"}
"""Fields that a variant doesn't take from the product it is made beside."""
HANDLE_LENGTH = 180


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a product without a group becomes part of: names, and its own values.

    Up to three of each, as many values as names.
    """

    names: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One SKU to make; `quantity` in base units goes to the default location."""

    options: tuple[str, ...]
    sku: str
    barcode: str | None
    price: Decimal | None
    cost: Decimal | None
    quantity: int = 0


@transaction.atomic
def add_variants(
    *,
    product_id: int,
    variants: Sequence[Variant],
    circumstances: Circumstances,
    grouping: Grouping | None = None,
) -> Operation:
    """Store the variants beside the product, as one operation, all or nothing.

    Everything but codes, prices, stock and picture is as the product's. A product
    without a group gets one from `grouping`; with a group, `grouping` is left alone.

    With a known idempotency key the first operation comes back. Locks the product.
    Raises ProductGone; FieldRefused, naming the SKU, for a broken rule.
    """
    product = lock_products([product_id])[product_id]
    operation, is_new = start_operation(Operation.Kind.PRODUCT_ADDED, circumstances)
    if not is_new:
        return operation
    if not 0 < len(variants) <= MOST:
        raise InventoryError(
            _("Make from 1 to %(most)d variants at once.") % {"most": MOST}
        )
    if product.group is None:
        _make_group(operation, product, grouping, circumstances)
    made = [_variant_of(product, variant) for variant in variants]
    place = Location.objects.get_default().pk
    openings = {
        position: [Opening(variant.quantity, place)]
        for position, variant in enumerate(variants)
    }
    try:
        store_products(operation, made, openings, circumstances)
    except FieldRefused as refusal:
        refused = next(product for product in made if product.pk is None)
        raise _with_sku(refusal, refused.sku) from refusal
    return operation


def _make_group(
    operation: Operation,
    product: Product,
    grouping: Grouping | None,
    circumstances: Circumstances,
) -> None:
    """Make the locked product the first of a new group."""
    if grouping is None or not 0 < len(grouping.names) <= len(OPTIONS):
        raise InventoryError(_("Say by one to three options how the variants differ."))
    before = snapshot(product)
    group = ProductGroup(name=product.name, handle=_free_handle(product))
    for option, name, value in zip(OPTIONS, grouping.names, grouping.own, strict=False):
        setattr(group, f"{option}_name", name)
        setattr(product, option, value)
    group.save(force_insert=True)
    product.group = group
    store_changes(operation, product, before, circumstances)


def _free_handle(product: Product) -> str:
    """Return a handle made from the name that no group has; a query per attempt."""
    handle = slugify(product.name)[:HANDLE_LENGTH] or f"group-{product.pk}"
    free = handle
    for number in count(2):
        if not ProductGroup.objects.filter(handle_key=fold_key(free)).exists():
            break
        free = f"{handle}-{number}"
    return free


def _variant_of(product: Product, variant: Variant) -> Product:
    shared = {name: getattr(product, name) for name in EDITABLE if name not in OWN}
    options = dict(zip(OPTIONS, variant.options, strict=False))
    return Product(
        **shared,
        **options,
        sku=variant.sku,
        barcode=variant.barcode,
        price=variant.price,
        cost=variant.cost,
    )


def _with_sku(refusal: FieldRefused, sku: str) -> FieldRefused:
    """Return the refusal as one of the whole, saying which SKU it is about."""
    sentences = [text for texts in refusal.errors.values() for text in texts]
    return FieldRefused({"__all__": [f"{sku}: {text}" for text in sentences]})
