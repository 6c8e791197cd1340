"""Working the figures out: in one query while that is quick, else off the indexes."""

from decimal import Decimal, InvalidOperation

from django.db import connection
from django.db.models import Aggregate, Q, QuerySet, Sum

from products.models import Hold, Location, Product, StockLevel
from products.models.stored import sum_stored, to_decimal
from products.reports.figures.facts import Figures

LARGE = 5_000  # products from which on nobody should wait for the count
LISTED = ~Q(status=Product.Status.ARCHIVED)
FOUR_PLACES = Decimal("0.0001")

# Written out, because it is on every dashboard: Django took four times as long to make
# it as a database to count a thousand products. COUNT leaves out what CASE says no to.
_COUNTED = "COUNT(CASE WHEN status <> 'archived' AND {} THEN 1 END)"
_COUNTS = ", ".join(
    [
        "COUNT(*)",
        "COUNT(CASE WHEN status = 'archived' THEN 1 END)",
        "SUM(CASE WHEN status <> 'archived' THEN on_hand END)",
        _COUNTED.format("on_hand > 0"),
        "COUNT(CASE WHEN status = 'active' THEN 1 END)",
        _COUNTED.format("stock_status = 'low'"),
        _COUNTED.format("stock_status = 'out'"),
    ]
)
_VALUE = """
SELECT COALESCE(SUM(lv.value), 0) FROM products_stocklevel lv
WHERE lv.location_id IN (SELECT id FROM products_location WHERE kind = 'stock')
"""
_ARCHIVED = "lv.product_id IN (SELECT id FROM products_product WHERE status='archived')"
_COSTS = f"""
{_COUNTED.format("cost IS NULL AND on_hand > 0")},
({_VALUE}) - ({_VALUE} AND {_ARCHIVED})
"""
AT_ONCE = f"SELECT {_COUNTS} FROM products_product"  # noqa: S608  (our own words)
AT_ONCE_WITH_COST = f"SELECT {_COUNTS}, {_COSTS} FROM products_product"  # noqa: S608  (the same)


def is_large() -> bool:
    """Return whether there are LARGE products or more; one query that stops there."""
    rows = Product.objects.order_by().values_list("status", flat=True)
    return bool(rows[LARGE - 1 : LARGE])


def count_at_once(*, with_cost: bool) -> Figures:
    """Return the figures of now; one query that reads every product and level.

    Without `with_cost` neither value nor costs are read.
    """
    with connection.cursor() as cursor:
        cursor.execute(AT_ONCE_WITH_COST if with_cost else AT_ONCE)
        (found,) = cursor.fetchall()
    everything, archived, units, stocked, active, low, out, *costs = found
    without_cost, value = costs or (0, None)
    return Figures(
        units=int(units or 0),
        stocked=stocked,
        skus=everything - archived,
        active=active,
        low=low,
        out=out,
        without_cost=without_cost,
        value=_rounded(to_decimal(value)) if with_cost else None,
        is_empty=not everything,
    )


def count_by_index(*, with_cost: bool) -> Figures:
    """Return the same without reading the products: a third to half the time when many.

    Eight or nine queries, of which one reads all levels and the others parts of
    indexes; to be seen from one moment.
    """
    everything = Product.objects.count()
    archived = Product.objects.filter(status=Product.Status.ARCHIVED).count()
    drafts = Product.objects.filter(status=Product.Status.DRAFT).count()
    listed = Product.objects.filter(LISTED)
    out = listed.filter(stock_status=Product.StockStatus.OUT)
    out_count = out.count()
    skus = everything - archived
    units, value = _on_hand(has_archive=bool(archived), with_cost=with_cost)
    return Figures(
        units=units,
        stocked=skus - out_count + _count_all_held(out),
        skus=skus,
        active=skus - drafts,
        low=listed.filter(stock_status=Product.StockStatus.LOW).count(),
        out=out_count,
        without_cost=(
            listed.filter(cost__isnull=True, on_hand__gt=0).count() if with_cost else 0
        ),
        value=value,
        is_empty=not everything,
    )


def _count_all_held(out: QuerySet[Product]) -> int:
    """Count what is out although it is there, because every unit of it is held."""
    held = Hold.objects.open().values("product_id")
    return out.filter(pk__in=held, on_hand__gt=0).count()


def _on_hand(*, has_archive: bool, with_cost: bool) -> tuple[int, Decimal | None]:
    """Return the units on hand and their value, of what is not archived.

    Adds all up and takes the archive off again: to ask about the product of each level
    takes ten times as long.
    """
    places = list(
        Location.objects.filter(kind=Location.Kind.STOCK).values_list("pk", flat=True)
    )
    levels = StockLevel.objects.filter(location__in=places)
    units, value = _sums(levels, with_cost=with_cost)
    if has_archive:
        archive = Product.objects.filter(status=Product.Status.ARCHIVED).order_by()
        archived = levels.filter(product__in=archive.values("pk"))
        fewer, less = _sums(archived, with_cost=with_cost)
        units -= fewer
        value = None if value is None or less is None else value - less
    return units, _rounded(value)


def _rounded(value: Decimal | None) -> Decimal | None:
    """SQLite adds binary fractions up, which leaves a little in the last places.

    None for what no shop is worth: a spoilt value has got into the sum.
    """
    try:
        return None if value is None else value.quantize(FOUR_PLACES)
    except InvalidOperation:
        return None


def _sums(
    levels: QuerySet[StockLevel], *, with_cost: bool
) -> tuple[int, Decimal | None]:
    questions: dict[str, Aggregate] = {"units": Sum("on_hand")}
    if with_cost:
        questions["total"] = sum_stored("value")
    answer = levels.aggregate(**questions)
    value = to_decimal(answer["total"] or 0) if with_cost else None
    return int(answer["units"] or 0), value
