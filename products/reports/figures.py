"""The figures on top of the dashboard: the whole shop in one query."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    Max,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)

from products.models import Location, Product, StockLevel
from products.reports.stored import sum_stored, to_decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of products that are not archived, and their stock in base units.

    `value` is in the shop's currency; None where it was not asked for, or where no
    number is stored. `is_empty` says that there is no product at all, archived or not.
    """

    units: int
    stocked: int  # products with units on hand
    skus: int
    active: int
    low: int
    out: int
    without_cost: int
    value: Decimal | None
    is_empty: bool
    as_of: datetime | None = None  # None: of this moment


def shop_figures(*, with_cost: bool) -> Figures:
    """Return the figures of now; one query.

    Without `with_cost` neither value nor costs are read.
    """
    listed = ~Q(status=Product.Status.ARCHIVED)
    questions: dict[str, Aggregate] = {
        "everything": Count("pk"),
        "units": Sum("on_hand", filter=listed),
        "stocked": _count(listed, on_hand__gt=0),
        "skus": Count("pk", filter=listed),
        "active": Count("pk", filter=Q(status=Product.Status.ACTIVE)),
        "low": _count(listed, stock_status=Product.StockStatus.LOW),
        "out": _count(listed, stock_status=Product.StockStatus.OUT),
    }
    if with_cost:
        questions["without_cost"] = _count(listed, cost__isnull=True, on_hand__gt=0)
        # An aggregate of one value: Django takes no bare subquery here.
        questions["value"] = Max(Subquery(_value(), output_field=TextField()))
    answer = Product.objects.aggregate(**questions)
    return Figures(
        units=answer["units"] or 0,
        stocked=answer["stocked"],
        skus=answer["skus"],
        active=answer["active"],
        low=answer["low"],
        out=answer["out"],
        without_cost=answer.get("without_cost", 0),
        value=to_decimal(answer["value"] or 0) if with_cost else None,
        is_empty=not answer["everything"],
    )


def _count(listed: Q, **facts: object) -> Count:
    return Count("pk", filter=listed & Q(**facts))


def _value() -> QuerySet[StockLevel, Any]:
    """The value of all stock on hand, as a query of one row and one column."""
    return (
        StockLevel.objects.filter(location__kind=Location.Kind.STOCK)
        .exclude(product__status=Product.Status.ARCHIVED)
        .order_by()
        .values("location__kind")
        .annotate(total=sum_stored("value"))
        .values("total")
    )
