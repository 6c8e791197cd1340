"""Where the stock of one product is."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from products.models import Hold, Location, StockLevel
from products.models.stored import as_stored, to_count, to_decimal


@dataclass(frozen=True, slots=True)
class Level:
    """Stock at one location, in base units; what is held now, not what is stored.

    What can't be read is None. The reorder figures are this location's own; None where
    the shop's stand.
    """

    location_id: int
    location: str
    shelf: str
    on_hand: int | None
    held: int | None
    reorder_point: int | None = None
    reorder_quantity: int | None = None

    @property
    def available(self) -> int | None:
        if self.on_hand is None or self.held is None:
            return None
        return self.on_hand - self.held


@dataclass(frozen=True, slots=True)
class Levels:
    """The stock locations that have or had the product, the default one first.

    `value` is in the shop's currency; None where something else than a number is
    stored. `freed` are the units whose hold is up, though nobody has tidied it yet.
    """

    rows: list[Level]
    value: Decimal | None
    freed: int = 0

    @property
    def unit_value(self) -> Decimal | None:
        """What one unit is worth on average; None with no stock or no value."""
        units = sum(level.on_hand or 0 for level in self.rows)
        return self.value / units if units and self.value is not None else None


def levels_of(product_id: int) -> Levels:
    """Return the product's stock per location and the value of it all; one query.

    A hold counts until its minute, whatever is stored.
    """
    levels = StockLevel.objects.filter(
        product_id=product_id, location__kind=Location.Kind.STOCK
    ).order_by("-location__is_default", "location__priority", "location__name")
    rows: list[Level] = []
    value: Decimal | None = Decimal(0)
    freed = 0
    for (
        pk,
        name,
        shelf,
        units,
        reserved,
        point,
        order,
        due,
        stored,
    ) in levels.values_list(
        "location_id",
        "location__name",
        "shelf",
        "on_hand",
        "reserved",
        "reorder_point",
        "reorder_quantity",
        units_due(timezone.now()),
        as_stored("value"),
    ):
        held = None if to_count(reserved) is None else reserved - (due or 0)
        figures = (to_count(point), to_count(order))
        rows.append(Level(pk, name, shelf, to_count(units), held, *figures))
        freed += due or 0
        own = to_decimal(stored)
        value = None if value is None or own is None else value + own
    return Levels(rows, value, freed)


def units_due(moment: datetime) -> Subquery:
    """Return the units of a level whose hold is up at `moment`, to select with."""
    due = Hold.objects.due(moment).filter(
        product_id=OuterRef("product_id"), location_id=OuterRef("location_id")
    )
    units = due.order_by().values("product_id").annotate(units=Sum("quantity"))
    return Subquery(units.values("units"))


def has_several_locations() -> bool:
    """Say whether the shop has more than one place to put stock; one query.

    With one, pages never mention locations.
    """
    return Location.objects.filter(kind=Location.Kind.STOCK).count() > 1
