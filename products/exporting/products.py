"""Products for a file: any number of them, in any order, a batch of them in memory."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from products.models import Product

SIZE = 2_000  # products in memory


@dataclass(frozen=True)
class ExportRequest:
    """What goes into a file: `products`, filtered and ordered as wanted.

    Costs are left out unless `with_cost`.
    """

    products: QuerySet[Product]
    with_cost: bool


def product_batches(
    products: QuerySet[Product], *, size: int = SIZE
) -> Iterator[list[Product]]:
    """Yield `products` in their order, with brand, group and levels; `size` at a time.

    Two queries per batch, one before (see `key_batches`).
    """
    for keys in key_batches(products, size=size):
        rows = (
            Product.objects.filter(pk__in=keys)
            .select_related("brand", "group")
            .prefetch_related("levels")
            .defer("search_text")
            .order_by()
        )
        found = {product.pk: product for product in rows}
        yield [found[key] for key in keys if key in found]


def key_batches(
    products: QuerySet[Product], *, size: int = SIZE
) -> Iterator[list[int]]:
    """Yield the ids of `products` in their order, `size` at a time; one query.

    It decides what is in the file and in which order: a product that is renamed
    meanwhile is neither left out nor there twice, one that is deleted meanwhile is
    left out by the query of its batch. Between batches no cursor is open: one would be
    read as a whole by MariaDB's driver, and would keep SQLite's log from being cut.
    """
    keys = array("q", products.values_list("pk", flat=True).iterator())
    for start in range(0, len(keys), size):
        yield keys[start : start + size].tolist()
