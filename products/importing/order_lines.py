"""A line of a shop's order: as the file has it, as it is planned, and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from products.importing.plan import PlannedProduct
from products.models import ImportRow
from products.services.orders import OrderPosting, order_line_key

Outcome = ImportRow.Outcome


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of an order as the file has it.

    `position` counts the order's lines of this SKU, from 1; `sku` is "" for a line that
    goes by its `name`. `quantity` is 0 where the order is cancelled: it isn't read
    then. `location` is text as it is written, or ANY_LOCATION.
    """

    record: int
    order_name: str
    position: int
    sku: str
    name: str
    quantity: int
    sold_at: datetime
    location: str
    is_cancelled: bool

    @property
    def key(self) -> str:
        return order_line_key(self.order_name, self.position, self.sku, self.name)


@dataclass(slots=True)
class PlannedOrderLine(PlannedProduct):
    """A sale or a return to post; with neither, the line stays as it is."""

    posting: OrderPosting | None = None

    @property
    def does_something(self) -> bool:
        return self.posting is not None

    @property
    def outcome(self) -> ImportRow.Outcome:
        """What becomes of it: a sale is new, a return a change."""
        if self.posting is None:
            return Outcome.UNCHANGED
        return Outcome.CHANGED if self.posting.is_return else Outcome.NEW


def posting_as_json(posting: OrderPosting) -> dict[str, Any]:
    """Return what `ImportRow.plan` keeps of a posting."""
    return {
        "key": posting.key,
        "turn": posting.turn,
        "name": posting.order_name,
        "position": posting.position,
        "location": posting.location_id,
        "quantity": posting.quantity,
        "sold_at": posting.sold_at.isoformat() if posting.sold_at else None,
        "value": str(posting.value),
    }


def posting_of(row: ImportRow) -> OrderPosting:
    """Return what `posting_as_json` kept."""
    kept: Mapping[str, Any] = row.plan["order"]
    sold_at = kept["sold_at"]
    return OrderPosting(
        key=kept["key"],
        turn=kept["turn"],
        order_name=kept["name"],
        position=kept["position"],
        sku=row.sku,
        product_id=row.product_id or 0,  # never 0: what is posted has a product
        location_id=kept["location"],
        quantity=kept["quantity"],
        sold_at=datetime.fromisoformat(sold_at) if sold_at else None,
        value=Decimal(kept["value"]),
    )
