"""What to order: products at or below their reorder point, and how many of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Trim

from products.models import Location, Product, StockLevel, Transfer, TransferLine
from products.models.product_queries import ProductQuerySet
from products.models.stored import as_stored, to_count, to_decimal

FACTS = ("sku", "name", "barcode", "option1", "option2", "option3", "supplier_name")
LevelKey = tuple[int, int]  # product id, location id


@dataclass(frozen=True, slots=True)
class Need:
    """A product to order, for the whole shop or for one location that asks for itself.

    Quantities in base units. `available` and `incoming` (on the way) are the shop's, or
    the location's where `location` is not empty. `suggested` may be 0: what is on the
    way is enough. `cost` is of one unit, in the shop's currency; None is unknown.
    """

    product_id: int
    sku: str
    name: str
    options: str
    barcode: str
    supplier: str
    location_id: int
    location: str
    available: int
    incoming: int
    point: int
    suggested: int
    cost: Decimal | None

    @property
    def total(self) -> Decimal | None:
        """What the suggested units cost; None where the cost is unknown."""
        return None if self.cost is None else self.cost * self.suggested


@dataclass(frozen=True, slots=True)
class Sums:
    """Of several needs: how many, the units, what they cost, how many have no cost."""

    needs: int
    units: int
    cost: Decimal
    without_cost: int


def reorder_needs(
    *, search: str = "", supplier: str | None = None, most: int | None = None
) -> list[Need]:
    """Return what to order, by supplier, name and SKU; those of no supplier last.

    Active products whose available stock is at or below their reorder point, and
    locations at or below the point they have of their own. What locations ask for
    counts for the whole shop as if it were on the way. `search` as in the lists, "" as
    `supplier` are those of none. With `most`, about so many of each, what is out of
    stock before what is low. Four queries, however many there are.
    """
    products = Product.objects.filter(status=Product.Status.ACTIVE)
    found = products.search(search) if search else products
    if supplier is not None:
        found = found.alias(by=Trim("supplier_name")).filter(by=supplier)
    incoming = _on_the_way()
    at_locations = list(islice(_of_locations(found, incoming), most))
    asked: dict[int, int] = defaultdict(int)
    for need in at_locations:
        asked[need.product_id] += need.suggested
    needs = [*at_locations, *islice(_of_shop(found, asked, most), most)]
    return sorted(needs, key=_order)


def suggested_quantity(*, position: int, point: int, batch: int, incoming: int) -> int:
    """Return how many units to order.

    `batch`, or as many as lift `position` (available and on the way) to twice the
    point; always enough to get above the point, and less what is `incoming`.
    """
    wanted = batch - incoming if batch else 2 * point - position
    return max(wanted, point + 1 - position, 0)


def suppliers_of(needs: Iterable[Need]) -> list[str]:
    """Return the suppliers by name; "" at the end where some have none."""
    return sorted({need.supplier for need in needs}, key=_supplier_order)


def sum_up(needs: Iterable[Need]) -> Sums:
    """Add the needs up; what has no cost counts as nothing and is counted apart."""
    listed = list(needs)
    totals = [need.total for need in listed]
    return Sums(
        needs=len(listed),
        units=sum(need.suggested for need in listed),
        cost=sum((total for total in totals if total is not None), Decimal(0)),
        without_cost=totals.count(None),
    )


def _of_shop(
    products: ProductQuerySet, asked: Mapping[int, int], most: int | None
) -> Iterator[Need]:
    low = products.filter(
        reorder_point__isnull=False, available__lte=F("reorder_point")
    )
    rows = low.order_by("pk").values(
        *FACTS,
        "available",
        "in_transit",
        "reorder_point",
        "reorder_quantity",
        product_pk=F("pk"),
        stored_cost=as_stored("cost"),
    )
    # Nothing else can be low, and both states stand in an index.
    states = (Product.StockStatus.OUT, Product.StockStatus.LOW)
    found = (rows.filter(stock_status=state)[:most].iterator() for state in states)
    for row in chain.from_iterable(found):
        if _is_spoilt(row, "available", "in_transit"):
            continue
        incoming = row["in_transit"] + asked.get(row["product_pk"], 0)
        position = row["available"] + incoming
        if asked.get(row["product_pk"]) and position > row["reorder_point"]:
            continue
        yield _need(
            row,
            available=row["available"],
            incoming=row["in_transit"],
            point=row["reorder_point"],
            suggested=suggested_quantity(
                position=position,
                point=row["reorder_point"],
                batch=row["reorder_quantity"] or 0,
                incoming=incoming,
            ),
        )


def _of_locations(
    products: ProductQuerySet, on_the_way: Mapping[LevelKey, int]
) -> Iterator[Need]:
    low = StockLevel.objects.filter(
        reorder_point__gte=0,  # “is not null” is no search of an index on SQLite
        on_hand__lte=F("reserved") + F("reorder_point"),
        location__kind=Location.Kind.STOCK,
        location__is_active=True,
        product__in=products,
    )
    facts = {name: F(f"product__{name}") for name in FACTS}
    rows = low.order_by().values(
        "on_hand",
        "reserved",
        "reorder_point",
        "reorder_quantity",
        "location_id",
        product_pk=F("product_id"),
        place=F("location__name"),
        stored_cost=as_stored("product__cost"),
        **facts,
    )
    for row in rows.iterator():
        if _is_spoilt(row, "on_hand", "reserved"):
            continue
        available = row["on_hand"] - row["reserved"]
        point = row["reorder_point"] or 0  # never None: that is filtered
        incoming = on_the_way.get((row["product_pk"], row["location_id"]), 0)
        yield _need(
            row,
            available=available,
            incoming=incoming,
            point=point,
            suggested=suggested_quantity(
                position=available + incoming,
                point=point,
                batch=row["reorder_quantity"] or 0,
                incoming=incoming,
            ),
        )


def _is_spoilt(row: Mapping[str, Any], *names: str) -> bool:
    """Say whether one of these is no count: nobody can reckon with it."""
    figures = [row[name] for name in (*names, "reorder_point", "reorder_quantity")]
    return any(it is not None and to_count(it) is None for it in figures)


def _on_the_way() -> dict[LevelKey, int]:
    """Return the units under way to each location."""
    rows: QuerySet[TransferLine] = TransferLine.objects.filter(
        transfer__state__in=Transfer.ON_THE_WAY
    )
    units = F("quantity") - F("received") - F("lost")
    sums = rows.order_by().values_list("product_id", "transfer__destination_id")
    return {
        (product_id or 0, location_id): count
        for product_id, location_id, count in sums.annotate(units=Sum(units))
    }


def _need(row: Mapping[str, Any], **figures: int) -> Need:
    options = [str(row[name]) for name in ("option1", "option2", "option3")]
    return Need(
        product_id=row["product_pk"],
        sku=str(row["sku"]),
        name=str(row["name"]),
        options=" / ".join(option for option in options if option),
        barcode=str(row["barcode"] or ""),
        supplier=str(row["supplier_name"]).strip(),
        location_id=row.get("location_id", 0),
        location=str(row.get("place", "")),
        cost=to_decimal(row["stored_cost"]),
        **figures,
    )


def _supplier_order(supplier: str) -> tuple[bool, str, str]:
    return not supplier, supplier.casefold(), supplier


def _order(need: Need) -> tuple[object, ...]:
    return (
        *_supplier_order(need.supplier),
        need.name.casefold(),
        need.sku,
        need.location,
    )
