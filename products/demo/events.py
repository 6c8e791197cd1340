"""What happened in the invented past, in plain objects: no database behind them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from products.demo.reading import DemoEdit, DemoGroup, DemoProduct
from products.models import Operation, StockMovement


@dataclass(frozen=True, slots=True)
class Want:
    """A change somebody means to make: `quantity` units of a SKU, negative to take.

    Without `location` the goods are taken from the first place that has them all, and
    put into the default one.
    """

    sku: str
    kind: StockMovement.Kind
    quantity: int
    unit_cost: Decimal | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """An operation somebody means to do; what is not in stock is left out of it.

    `undoes` names the reference of an earlier wish that this one takes back.
    """

    at: datetime
    by: str
    kind: Operation.Kind
    wants: tuple[Want, ...] = ()
    reason: str = ""
    reference: str = ""
    effective_at: datetime | None = None
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One line of an operation: `delta` units at a location, in its order there."""

    sku: str
    location: str
    kind: StockMovement.Kind
    delta: int
    unit_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened `at` a moment, done `by` somebody."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Added(Event):
    """Products of one group came into the catalogue with their opening stock."""

    group: DemoGroup
    products: tuple[DemoProduct, ...]
    openings: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """Stock was received, issued or adjusted."""

    kind: Operation.Kind
    moves: tuple[Move, ...]
    reason: str = ""
    reference: str = ""
    effective_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The operation with this reference was taken back."""

    reference: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Edited(Event):
    """A product's columns got the values that the catalogue has now."""

    edit: DemoEdit


@dataclass(frozen=True, slots=True)
class Archived(Event):
    """A product was given up."""

    sku: str
