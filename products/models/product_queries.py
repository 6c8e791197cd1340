"""Questions about products alone; those over several tables are in reports."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self, cast

from django.db import connection, models
from django.db.models import Exists, Expression, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, StrIndex

from products.fields import (
    KEY_LENGTH,
    fold_key,
    is_storable,
    same_gtins,
    search_words,
)
from products.models.word_lookup import IN_INNODB, TABLE, IdsWith, ids_with

if TYPE_CHECKING:
    from products.models.products import Product

LAST = "\U0010ffff"  # stands behind every character
BATCH = 500  # codes asked about in one statement
OF_INNODB = {"name": "name", "pk": "product_id"}  # columns its index of words has
FEW = 5_000  # products that are read as fast as an index of words is asked


class ProductQuerySet(models.QuerySet["Product"]):
    """Products, narrowed by what the lists offer; each may use any index."""

    def search(self, text: str) -> Self:
        """Return the products in which every word of `text` begins a word.

        Looks at SKU, barcode, name and brand, without regard to case and accents.

        No index knows words that are signs only, and MariaDB's what is not committed.
        So there the products are read one by one, where they are FEW; that costs one
        query more. Where they are many, signs alone find nothing.
        """
        words = search_words(text)
        ids = ids_with(words) if words else None
        found = self.filter(*(Q(search_text__contains=f" {word}") for word in words))
        if not words:
            return self
        if ids is not None and connection.vendor != "mysql":
            return found.filter(pk__in=ids)
        if not _are_many(self.model):
            return found
        return found.none() if ids is None else found.among(ids)

    def among(self, ids: IdsWith) -> Self:
        """Keep what MariaDB's index of words finds."""
        return self.filter(pk__in=ids)

    def hidden(self, column: str) -> Expression:
        """Return the value of `column` in words that no index answers."""
        return hide(column)

    def beginning(self, code: str) -> Self:
        """Keep the products whose SKU begins with `code`, in any case."""
        key = fold_key(code)
        if connection.vendor == "postgresql":  # its own index for patterns
            return self.filter(sku_key__startswith=key)
        return self.filter(sku_key__gte=key, sku_key__lt=key + LAST)

    def within(self, categories: Collection[int]) -> Self:
        """Keep what is in one of these categories."""
        return self.narrow("category_id", "in", categories)

    def of_brand(self, brand: int) -> Self:
        return self.narrow("brand_id", "exact", brand)

    def in_stock_state(self, state: str) -> Self:
        return self.narrow("stock_status", "exact", state)

    def with_status(self, status: str) -> Self:
        """Keep one status.

        Nearly all products are active, which SQLite doesn't know: it would prefer the
        index of the status to that of a category.
        """
        if status != self.model.Status.ACTIVE or connection.vendor != "sqlite":
            return self.narrow("status", "exact", status)
        return self.alias(its_status=hide("status")).filter(its_status=status)

    def stocked_at(self, location: int) -> Self:
        """Keep what stands at a location."""
        here = self._levels().filter(location_id=location, on_hand__gt=0)
        return self.filter(pk__in=here.values("product_id"))

    def without_cost(self) -> Self:
        """Return the products with stock whose cost nobody has entered."""
        return self.narrow("cost", "isnull", True).filter(on_hand__gt=0)  # noqa: FBT003 - a value, not a switch

    def listed(self) -> Self:
        """Return what the shop works with: everything but the archive."""
        return self.exclude(status=self.model.Status.ARCHIVED)

    def narrow(self, column: str, lookup: str, value: Any) -> Self:
        return self.filter(**{f"{column}__{lookup}": value})

    def _levels(self) -> models.QuerySet[Any]:
        # Its module needs this one.
        level = self.model._meta.get_field("levels").related_model
        return models.QuerySet(level)

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


class WalkedQuerySet(ProductQuerySet):
    """The same, decided row by row while an index is walked in its order.

    Each column is hidden in an expression, so that no database prefers an index of it
    to the one that has the order.
    """

    def search(self, text: str) -> Self:
        found = self
        for place, word in enumerate(search_words(text)):
            name = f"begins_{place}"
            begins = StrIndex("search_text", Value(f" {word}"))
            found = found.alias(**{name: begins}).filter(**{f"{name}__gt": 0})
        return found

    def in_stock_state(self, state: str) -> Self:
        """Keep one state, which stands in no index of an order.

        It is hidden with a column that stands in none: PostgreSQL would read the whole
        of one that has the state and all else that is asked for.
        """
        its_state = Coalesce("stock_status", "supplier_name")
        return self.alias(its_state=its_state).filter(its_state=state)

    def stocked_at(self, location: int) -> Self:
        here = self._levels().filter(
            product=OuterRef("pk"), location_id=location, on_hand__gt=0
        )
        return self.filter(Exists(here))

    def narrow(self, column: str, lookup: str, value: Any) -> Self:
        name = f"hidden_{column}"
        hidden = self.alias(**{name: hide(column)})
        return hidden.filter(**{f"{name}__{lookup}": value})


class FoundQuerySet(ProductQuerySet):
    """The same, to be sorted by `hidden` columns.

    MariaDB sorts by name what its index of words finds, and then fetches products no
    longer than it takes to fill a page.
    """

    def among(self, ids: IdsWith) -> Self:
        joined = self.extra(  # noqa: S610  (names of our own)
            tables=[TABLE],
            where=[f"{TABLE}.product_id = products_product.id", IN_INNODB],
            params=[cast("Value", ids.source_expressions[0]).value],
        )
        return cast("Self", joined)

    def hidden(self, column: str) -> Expression:
        own = OF_INNODB.get(column)
        is_joined = TABLE in self.query.extra_tables
        return Func(template=f"{TABLE}.{own}") if own and is_joined else hide(column)


def hide(column: str) -> Coalesce:
    """Return the value of `column` in words that no index answers."""
    return Coalesce(column, column)


def _are_many(model: "type[Product]") -> bool:
    return model._base_manager.order_by("pk").values("pk")[FEW : FEW + 1].exists()
