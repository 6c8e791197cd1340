"""What the shop has that a batch of rows may meet, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from products.importing.known import KnownProduct, find_products
from products.importing.rows import OPTIONS, ProductRow, VariantKey
from products.importing.shared_values import leave_own_values
from products.models import Product, StockLevel


@dataclass(frozen=True, slots=True)
class Owner:
    """The product that has a code or a place in a group already."""

    product_id: int
    sku: str


@dataclass(frozen=True, slots=True)
class Existing:
    """Products by what a row may name them by; `levels` by product and location."""

    by_sku: dict[str, KnownProduct]
    by_id: dict[int, KnownProduct]
    variants: dict[VariantKey, Owner]
    barcodes: dict[str, Owner]
    levels: dict[tuple[int, int], StockLevel]

    def match(self, row: ProductRow) -> KnownProduct | None:
        """Return the product that `row` is about, if the shop has it.

        By its SKU when the file gives one, else by group and options, else by the SKU
        that is made of them. A file whose SKUs are no keys is found by group and
        options first, a row without any SKU by its barcode.
        """
        if _is_variant_first(row) and row.variant_key in self.variants:
            return self.by_id[self.variants[row.variant_key].product_id]
        if not row.sku:
            owner = self.barcodes.get(row.values.get("barcode") or "")
            return self.by_id.get(owner.product_id) if owner else None
        return self.by_sku.get(row.sku_key)


def look_up(rows: Sequence[ProductRow], location_ids: Collection[int]) -> Existing:
    """Return what `rows` may match or collide with; three queries, or four.

    Levels are read only for `location_ids`, and not at all when there are none. Rows
    lose what a file says for all variants and is nothing new (see `shared_values`).
    """
    keys = {row.sku_key for row in rows}
    variants, barcodes = _variants(rows, keys), _barcodes(rows)
    named = {row.variant_key for row in rows if _is_variant_first(row)}
    ids = {owner.product_id for key, owner in variants.items() if key in named}
    if "" in keys:
        ids |= {owner.product_id for owner in barcodes.values()}
    products = find_products(Q(sku_key__in=keys) | Q(pk__in=ids))
    existing = Existing(
        by_sku={product.sku_key: product for product in products},
        by_id={product.pk: product for product in products},
        variants=variants,
        barcodes=barcodes,
        levels=_levels(products, location_ids),
    )
    leave_own_values(rows, existing.match)
    return existing


def variant_of(product: KnownProduct) -> VariantKey:
    """Return what the product shares with no other of its group."""
    return (product.handle_key, product.option1, product.option2, product.option3)


def _variants(
    rows: Sequence[ProductRow], keys: Collection[str]
) -> dict[VariantKey, Owner]:
    """Return who has which options in the groups that the rows name or change."""
    groups = {row.variant_key[0] for row in rows if row.variant_key is not None}
    wanted = Q(group__handle_key__in=groups)
    if any("group" not in row.values and _has_options(row) for row in rows):
        matched = Product.objects.filter(sku_key__in=keys, group__isnull=False)
        wanted |= Q(group__in=matched.values("group"))
    elif not groups:
        return {}
    found = Product.objects.filter(wanted).values_list(
        "group__handle_key", *OPTIONS, "pk", "sku"
    )
    return {
        (str(handle_key), option1, option2, option3): Owner(pk, sku)
        for handle_key, option1, option2, option3, pk, sku in found
    }


def _is_variant_first(row: ProductRow) -> bool:
    return row.is_sku_made or row.found_by is not None


def _has_options(row: ProductRow) -> bool:
    return any(name in row.values for name in OPTIONS)


def _barcodes(rows: Iterable[ProductRow]) -> dict[str, Owner]:
    wanted = {row.values["barcode"] for row in rows if row.values.get("barcode")}
    if not wanted:
        return {}
    found = Product.objects.filter(barcode__in=wanted)
    return {
        barcode or "": Owner(pk, sku)
        for barcode, pk, sku in found.values_list("barcode", "pk", "sku")
    }


def _levels(
    products: Iterable[KnownProduct], location_ids: Collection[int]
) -> dict[tuple[int, int], StockLevel]:
    if not location_ids:
        return {}
    found = StockLevel.objects.filter(
        product__in=[product.pk for product in products], location__in=location_ids
    )
    return {(level.product_id, level.location_id): level for level in found}
