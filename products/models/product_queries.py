"""Questions about products alone; those over several tables are in reports."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from products.fields import (
    KEY_LENGTH,
    fold_key,
    fold_words,
    is_storable,
    same_gtins,
)

if TYPE_CHECKING:
    from products.models.products import Product

BATCH = 500  # codes asked about in one statement


class ProductQuerySet(models.QuerySet["Product"]):
    def search(self, text: str) -> Self:
        """Return the products in which every word of `text` begins a word.

        Looks at SKU, barcode and name, without regard to case and accents.
        """
        found = self
        for word in fold_words(text).split():
            found = found.filter(search_text__contains=f" {word}")
        return found

    def find_by_code(self, text: str) -> "Product | None":
        """Return the product that a scanned or typed code means; None for no such one.

        See `find_by_codes`. Any text is safe to ask for; one query.
        """
        return self.find_by_codes([text]).get(text)

    def find_by_codes(self, codes: Collection[str]) -> dict[str, "Product"]:
        """Return the product of each code that means one; one query per 500 codes.

        By the barcode as it stands, then by the same GTIN in another length, then by
        the SKU in any case. Blanks around a code don't count.
        """
        trimmed = {code: code.strip() for code in codes}
        asked = sorted(
            code
            for code in set(trimmed.values())
            if 0 < len(code) <= KEY_LENGTH and is_storable(code)
        )
        found: dict[str, Product] = {}
        for start in range(0, len(asked), BATCH):
            found |= self._find_batch(asked[start : start + BATCH])
        return {code: found[own] for code, own in trimmed.items() if own in found}

    def _find_batch(self, codes: list[str]) -> dict[str, "Product"]:
        barcodes = {code: [code, *same_gtins(code)] for code in codes}
        rows = self.filter(
            Q(barcode__in={one for forms in barcodes.values() for one in forms})
            | Q(sku_key__in={fold_key(code) for code in codes})
        )
        # Unordered: sorting by an index, a planner might read all of it.
        products = list(rows.order_by())
        by_barcode = {product.barcode: product for product in products}
        by_sku = {fold_key(product.sku): product for product in products}
        meant = {
            code: next(filter(None, map(by_barcode.get, forms)), None)
            or by_sku.get(fold_key(code))
            for code, forms in barcodes.items()
        }
        return {code: product for code, product in meant.items() if product is not None}

    def listed(self) -> Self:
        """Return what the shop works with: everything but the archive."""
        return self.exclude(status=self.model.Status.ARCHIVED)

    def without_cost(self) -> Self:
        """Return the products with stock whose cost nobody has entered."""
        return self.filter(cost__isnull=True, on_hand__gt=0)
