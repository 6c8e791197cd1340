"""What a figure of a product is made of; each answer adds up by how it is made.

On hand and value come from the movements of each place, held from the holds that count
at this moment, in transit from the open transfers. Who asks adds up what is returned
here: two questions one after the other could have a sale between them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from products.models import Hold, Location, StockLevel, StockMovement, TransferLine
from products.models.stored import as_stored, to_decimal
from products.models.transfers import Transfer

PLACES = ("-location__is_default", "location__priority", "location__name")


@dataclass(slots=True)
class PlaceSum:
    """The units at a stock location by kind of movement.

    `last` is the id of its newest movement that was counted.
    """

    location_id: int
    name: str
    last: int = 0
    kinds: list[tuple[str, int]] = field(default_factory=list)

    @property
    def units(self) -> int:
        return sum(units for _kind, units in self.kinds)


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """Units at a stock location and what they are worth in the shop's currency.

    None where no number is stored.
    """

    location_id: int
    name: str
    units: int
    value: Decimal | None
    last_sequence: int

    @property
    def unit_value(self) -> Decimal | None:
        """What one of them is worth on average; None with no stock or no value."""
        return self.value / self.units if self.value and self.units else None


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Units that an open transfer carries; no transfer for those nobody sent."""

    units: int
    transfer: Transfer | None = None


def sums_by_kind(product_id: int) -> list[PlaceSum]:
    """Return each stock location that has or had the product; one query."""
    rows = (
        StockMovement.objects.filter(
            product_id=product_id, location__kind=Location.Kind.STOCK
        )
        .exclude(delta=0)
        .values("location_id", "location__name", "kind")
        .annotate(units=Sum("delta"), last=Max("pk"))
        .order_by(*PLACES)
    )
    return _by_place(
        rows.values_list("location_id", "location__name", "kind", "units", "last")
    )


def _by_place(rows: Iterable[tuple[int, str, str, int, int]]) -> list[PlaceSum]:
    places: dict[int, PlaceSum] = {}
    for location_id, name, kind, units, last in rows:
        place = places.setdefault(location_id, PlaceSum(location_id, name))
        place.kinds.append((kind, int(units)))
        place.last = max(place.last, last)
    order = {kind: number for number, kind in enumerate(StockMovement.Kind.values)}
    for place in places.values():
        place.kinds.sort(key=lambda row: order.get(row[0], len(order)))
    return [*places.values()]


def values_by_place(product_id: int) -> list[PlaceValue]:
    """Return each stock location that has or had the product; one query."""
    levels = StockLevel.objects.filter(
        product_id=product_id, location__kind=Location.Kind.STOCK
    )
    rows = levels.order_by(*PLACES).values_list(
        "location_id", "location__name", "on_hand", as_stored("value"), "last_sequence"
    )
    return [
        PlaceValue(place, name, units, to_decimal(stored), sequence)
        for place, name, units, stored, sequence in rows
    ]


def live_holds(product_id: int, moment: datetime | None = None) -> list[Hold]:
    """Return the holds that count at `moment`, the next to end first; one query."""
    holds = Hold.objects.live(moment or timezone.now()).filter(product_id=product_id)
    columns = ("quantity", "reference", "expires_at", "operation_id", "location__name")
    found = holds.select_related("location").only(*columns)
    return sorted(found, key=lambda hold: (_end(hold), hold.pk))


def _end(hold: Hold) -> float:
    return hold.expires_at.timestamp() if hold.expires_at else float("inf")


def on_the_way(product_id: int) -> list[OnTheWay]:
    """Return what each open transfer still carries, the oldest first; two queries.

    Last what stands in transit and is on none of them, be it less than nothing.
    """
    lines = TransferLine.objects.filter(
        product_id=product_id, transfer__state__in=Transfer.ON_THE_WAY
    )
    relations = ("transfer__source", "transfer__destination")
    carried = [
        OnTheWay(line.outstanding, line.transfer)
        for line in lines.select_related(*relations).order_by("transfer_id")
        if line.outstanding
    ]
    levels = StockLevel.objects.filter(
        product_id=product_id, location__kind=Location.Kind.TRANSIT
    )
    total = levels.aggregate(units=Sum("on_hand"))["units"] or 0
    rest = total - sum(part.units for part in carried)
    return [*carried, OnTheWay(rest)] if rest else carried


def quantity_steps(
    product_id: int, location_id: int, *, until: int
) -> "QuerySet[StockMovement]":
    """Return what changed the quantity at a place, up to the movement of id `until`."""
    return _steps(product_id, location_id).exclude(delta=0).filter(pk__lte=until)


def value_steps(
    product_id: int, location_id: int, *, until: int
) -> "QuerySet[StockMovement]":
    """Return what changed quantity or value at a place, up to a sequence.

    Each has `stored_change`, `stored_after` and `stored_cost`, as they are stored.
    """
    steps = _steps(product_id, location_id).filter(sequence__lte=until)
    return steps.annotate(
        stored_change=as_stored("value_delta"),
        stored_after=as_stored("value_after"),
        stored_cost=as_stored("unit_cost"),
    )


def _steps(product_id: int, location_id: int) -> "QuerySet[StockMovement]":
    columns = (
        "kind",
        "delta",
        "balance_after",
        "recorded_at",
        "effective_at",
        "is_backdated",
        "operation__actor_label",
        "operation__reason",
        "operation__reference",
    )
    rows = StockMovement.objects.filter(product_id=product_id, location_id=location_id)
    return rows.select_related("operation").only(*columns)
