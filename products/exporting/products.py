"""Products for a file: any number of them, in any order, a batch of them in memory."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from products.models import Product, StockLevel

Keys: TypeAlias = "array[int]"

SIZE = 500  # products in memory
UNREAD = ("search_text", "created_at", "updated_at")  # in no file


@dataclass(frozen=True)
class ExportRequest:
    """What goes into a file: `products`, filtered and ordered as wanted.

    Costs are left out unless `with_cost`.
    """

    products: QuerySet[Product]
    with_cost: bool


class IsAmong(Lookup[bool]):
    """A column of ids holds one of `keys`, an array of integers.

    To hand each over as a parameter would take longer than to read the rows. SQLite
    gets all as one, because a connection keeps its last 128 statements: with ids in the
    words these were 20 MB in each thread. The others get them written into the SQL.
    """

    prepare_rhs = False

    def __init__(self, column: str, keys: Keys) -> None:
        super().__init__(F(column), keys)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        keys = ",".join(map(str, self.rhs))
        if connection.vendor == "sqlite":
            words = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - ids
            return words, (*params, f"[{keys}]")
        return f"{column} IN ({keys})", tuple(params)


def product_batches(
    products: QuerySet[Product], *, size: int = SIZE
) -> Iterator[list[Product]]:
    """Yield `products` in their order, with brand and group; `size` at a time.

    One query per batch, one before (see `key_batches`).
    """
    for keys in key_batches(products, size=size):
        rows = (
            Product.objects.filter(IsAmong("pk", keys))
            .select_related("brand", "group")
            .defer(*UNREAD)
            .order_by()
        )
        found = {product.pk: product for product in rows}
        yield [found[key] for key in keys if key in found]


def levels_of(products: Iterable[Product]) -> dict[int, list[StockLevel]]:
    """Return the levels of each of `products` that has any, by its id; one query."""
    keys = array("q", [product.pk for product in products])
    levels: dict[int, list[StockLevel]] = defaultdict(list)
    for level in StockLevel.objects.filter(IsAmong("product", keys)):
        levels[level.product_id].append(level)
    return levels


def key_batches(products: QuerySet[Product], *, size: int = SIZE) -> Iterator[Keys]:
    """Yield the ids of `products` in their order, `size` at a time; one query.

    It decides what is in the file and in which order: a product that is renamed
    meanwhile is neither left out nor there twice, one that is deleted meanwhile is
    left out by the query of its batch. Between batches no cursor is open: one would be
    read as a whole by MariaDB's driver, and would keep SQLite's log from being cut.
    """
    keys = array("q", products.values_list("pk", flat=True).iterator())
    report = _report.get()
    for start in range(0, len(keys), size):
        batch = keys[start : start + size]
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
