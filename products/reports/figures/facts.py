"""What is shown above the products."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


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
