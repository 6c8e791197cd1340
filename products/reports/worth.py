"""What the stock of one product is worth, place by place."""

from dataclasses import dataclass
from decimal import Decimal

from products.models import Location, StockLevel
from products.models.stored import as_stored, to_decimal


@dataclass(frozen=True, slots=True)
class Worth:
    """Units at one place, and their value in the shop's currency.

    `value` is None where something else than a number is stored.
    """

    location_id: int
    location: str
    on_hand: int
    value: Decimal | None

    @property
    def unit_value(self) -> Decimal | None:
        """What one unit is worth on average."""
        return None if self.value is None else self.value / self.on_hand


def worth_of(product_id: int) -> list[Worth]:
    """Return where there is stock, without what is on the way; one query.

    The default comes first.
    """
    levels = StockLevel.objects.filter(
        product_id=product_id, on_hand__gt=0, location__kind=Location.Kind.STOCK
    ).order_by("-location__is_default", "location__priority", "location__name")
    rows = levels.values_list(
        "location_id", "location__name", "on_hand", as_stored("value")
    )
    return [
        Worth(place_id, name, on_hand, to_decimal(stored))
        for place_id, name, on_hand, stored in rows
    ]
