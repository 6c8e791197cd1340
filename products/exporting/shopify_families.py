"""Products the way Shopify has them: a handle, and its variants one by one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from django.db.models import F, QuerySet

from products.exporting.products import levels_of, product_batches
from products.models import Product, ProductGroup, StockLevel
from products.tabular.writing import escape_formula

NUMBERS = (1, 2, 3)
PLAIN_HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OTHERS = re.compile(r"[^a-z0-9]+")
LENGTH = 60  # of a handle made of a SKU, without its digest
DIGEST = 10


@dataclass(frozen=True, slots=True)
class Family:
    """What is one product there: a handle and its variants, at least one.

    `levels` are those of the variants, by the id of the product.
    """

    handle: str
    variants: list[Product]
    levels: dict[int, list[StockLevel]]

    @property
    def title(self) -> str:
        """The name of all variants; that of the group where they differ."""
        first = self.variants[0]
        if first.group is None or all(
            each.name == first.name for each in self.variants
        ):
            return first.name
        return first.group.name

    def option_names(self) -> dict[str, str]:
        """Return field -> name of an option, safe in a spreadsheet.

        One that has values but no name gets one: without it Shopify takes no values.
        """
        group = self.variants[0].group
        names = {}
        for number in NUMBERS:
            name = getattr(group, f"option{number}_name") if group else ""
            if not name and any(
                getattr(each, f"option{number}") for each in self.variants
            ):
                name = f"Option {number}"
            names[f"option{number}_name"] = escape_formula(name)
        names["option1_name"] = names["option1_name"] or "Title"
        return names


def option_values(product: Product) -> dict[str, str]:
    """Return field -> value, safe in a spreadsheet.

    A product without options has the value that Shopify gives an only variant.
    """
    if product.group is None or not product.options:
        return {"option1": "Default Title", "option2": "", "option3": ""}
    return {
        f"option{number}": escape_formula(getattr(product, f"option{number}"))
        for number in NUMBERS
    }


def families(products: QuerySet[Product]) -> Iterator[Family]:
    """Yield `products` by handle: groups first, in the order of their handles.

    Variants that are for sale come first, because the first one says for all what only
    the whole product has there; then by SKU. Two queries more per batch
    than `product_batches`; memory is a batch and the variants of one group.
    """
    ordered = products.order_by(
        F("group__handle_key").asc(nulls_last=True), "status", "sku_key"
    )
    found = (each for batch in product_batches(ordered) for each in _handled(batch))
    for handle, same in groupby(found, key=itemgetter(0)):
        family = Family(handle, [], {})
        for _, product, levels in same:
            family.variants.append(product)
            family.levels[product.pk] = levels
        yield family


def _handled(batch: list[Product]) -> Iterator[tuple[str, Product, list[StockLevel]]]:
    levels = levels_of(batch)
    alone = [product.sku_key for product in batch if product.group is None]
    taken = set(
        ProductGroup.objects.filter(handle_key__in=alone).values_list(
            "handle_key", flat=True
        )
    )
    for product in batch:
        if product.group is not None:
            handle = product.group.handle
        else:
            handle = handle_of(product.sku_key, is_taken=product.sku_key in taken)
        yield handle, product, levels.get(product.pk, [])


def handle_of(sku_key: str, *, is_taken: bool = False) -> str:
    """Return the handle of a product without a group, its own and always the same.

    The folded SKU when it has letters, digits and single dashes alone, so that a SKU
    made of the handle is that SKU again; else what is left of it with a digest.
    """
    if PLAIN_HANDLE.fullmatch(sku_key) and not is_taken:
        return sku_key
    bare = OTHERS.sub("-", sku_key)[:LENGTH].strip("-")
    digest = sha256(sku_key.encode()).hexdigest()[:DIGEST]
    return f"{bare}-{digest}".strip("-")
