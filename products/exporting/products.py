"""Products for a file: any number of them, in any order, a batch of them in memory."""

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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
    report = _report.get()
    for start in range(0, len(keys), size):
        batch = keys[start : start + size].tolist()
        yield batch
        report(start + len(batch), len(keys))


@contextmanager
def reporting_to(report: Callable[[int, int], None]) -> Iterator[None]:
    """Tell `report` how many products are done, and of how many, within the block.

    Whatever writes them: no format has to hand it on.
    """
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)


def _tell_nobody(_done: int, _total: int) -> None:
    pass


_report: ContextVar[Callable[[int, int], None]] = ContextVar(
    "report", default=_tell_nobody
)
