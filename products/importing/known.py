"""What the shop has of a product, as far as an import compares it.

A tenth of what rows of the database cost as objects of a model: a file that brings
nothing new is as fast as this is.
"""

from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Q

from products.models import Product


@dataclass(slots=True)
class KnownProduct:
    """A product of the shop; the brand and the group by name, "" for none."""

    pk: int
    sku: str
    sku_key: str
    version: int
    on_hand: int
    name: str
    description: str
    category_id: int | None
    brand: str
    handle: str
    handle_key: str
    group_name: str
    option1: str
    option2: str
    option3: str
    barcode: str | None
    price: Decimal | None
    cost: Decimal | None
    weight: Decimal | None
    status: str
    tags: str
    image_url: str
    supplier_name: str
    reorder_point: int | None
    reorder_quantity: int | None


RELATED = {
    "brand": "brand__name",
    "handle": "group__handle",
    "handle_key": "group__handle_key",
    "group_name": "group__name",
}
COLUMNS = [RELATED.get(it.name, it.name) for it in fields(KnownProduct)]


def find_products(wanted: Q) -> list[KnownProduct]:
    """Return the products that `wanted` describes; one query."""
    rows = Product.objects.filter(wanted).values_list(*COLUMNS)
    found = [KnownProduct(*row) for row in rows]
    for product in found:
        product.brand = product.brand or ""  # NULL where there is none
        product.handle = product.handle or ""
        product.handle_key = product.handle_key or ""
        product.group_name = product.group_name or ""
    return found
