"""What is in stock now, by category: the roots of the tree with all that is inside."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Aggregate, Count, Q, Sum

from products.fields import fold_words
from products.models import Location, Product, StockLevel
from products.models.stored import sum_stored, to_decimal
from products.reports.categories import category_tree
from products.services.chain import VALUE_STEP


@dataclass(frozen=True, slots=True)
class CategoryStock:
    """The stock of a root and everything inside it; `pk` is None for no category.

    `skus` have units there. `value` is in the shop's currency, None where it was not
    asked for.
    """

    pk: int | None
    name: str
    units: int
    skus: int
    value: Decimal | None


def stock_by_category(*, with_cost: bool) -> list[CategoryStock]:
    """Return what each root has, in no order.

    Of products that are not archived, at locations of stock: the sums are those of the
    dashboard. What has no stock is left out. Two queries, of which one reads all
    levels; without `with_cost` no value is read.
    """
    tree = category_tree()
    units: dict[int | None, int] = defaultdict(int)
    skus: dict[int | None, int] = defaultdict(int)
    values: dict[int | None, Decimal] = defaultdict(Decimal)
    for category_id, count, stocked, *worth in _sums(with_cost=with_cost):
        node = tree.get(category_id or 0)
        root = node.lineage[0] if node else None
        units[root] += int(count or 0)
        skus[root] += stocked
        values[root] += (to_decimal(worth[0]) if worth else None) or Decimal(0)
    return [
        CategoryStock(
            root,
            tree[root].name if root is not None else "",
            units[root],
            skus[root],
            values[root].quantize(VALUE_STEP) if with_cost else None,
        )
        for root in units
        if units[root] or values[root]
    ]


def _sums(*, with_cost: bool) -> Iterable[tuple[int | None, int | None, int, object]]:
    questions: dict[str, Aggregate] = {
        "units": Sum("on_hand"),
        "stocked": Count("product", filter=Q(on_hand__gt=0), distinct=True),
    }
    if with_cost:
        questions["worth"] = sum_stored("value")
    levels = StockLevel.objects.filter(location__kind=Location.Kind.STOCK).exclude(
        product__status=Product.Status.ARCHIVED
    )
    return levels.order_by().values_list("product__category_id").annotate(**questions)


def in_order(rows: list[CategoryStock], *, by_value: bool) -> list[CategoryStock]:
    """Return the rows, the most first: by value or by units."""

    def most_first(row: CategoryStock) -> tuple[Decimal | int, int, str]:
        return (-(row.value or 0) if by_value else 0, -row.units, fold_words(row.name))

    return sorted(rows, key=most_first)


def largest(rows: list[CategoryStock], most: int) -> list[CategoryStock]:
    """Return `most` rows, the last of which holds whatever is not among the others.

    Its name is empty and its `pk` 0.
    """
    if len(rows) <= most:
        return rows
    rest = rows[most - 1 :]
    values = [row.value for row in rest if row.value is not None]
    others = CategoryStock(
        0,
        "",
        sum(row.units for row in rest),
        sum(row.skus for row in rest),
        sum(values, Decimal(0)) if values else None,
    )
    return [*rows[: most - 1], others]
