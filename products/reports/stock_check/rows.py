"""The rows a check reads, as the database has them.

Numbers with places and times are read as text: on SQLite a damaged column may hold
anything, and Django's own conversion would end the whole query with a traceback.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import ExpressionWrapper, F, Func, IntegerField, TextField
from django.db.models.functions import Cast

from products.errors import Unreadable
from products.models import Hold, Product, StockLevel, StockMovement
from products.models.reading import in_key_order
from products.services.chain import (
    COST_STEP,
    HASHED,
    VALUE_STEP,
    decimal_text,
    time_text,
)

FIRST_TEXT = HASHED.index("unit_cost")
UNREADABLE = (TypeError, ValueError, ArithmeticError, Unreadable)
"""What converting a damaged value raises."""


AS_TEXT = {
    "value",
    "unit_cost",
    "value_delta",
    "value_after",
    "recorded_at",
    "effective_at",
    "last_recorded_at",
}


class ProductRow(NamedTuple):
    product_id: int
    sku: str
    on_hand: int
    reserved: int
    in_transit: int


class LevelRow(NamedTuple):
    product_id: int
    location_id: int
    on_hand: int
    reserved: int
    value: str
    last_sequence: int
    last_hash: str
    last_recorded_at: str | None


class HoldRow(NamedTuple):
    """An open hold."""

    product_id: int
    pk: int
    location_id: int
    quantity: int


class MovementRow(NamedTuple):
    """The columns of HASHED in its order, then the hash itself and the id."""

    hash_version: int
    previous_hash: str
    operation_id: int
    product_id: int
    sku: str
    location_id: int
    sequence: int
    kind: str
    delta: int
    balance_after: int
    unit_cost: str | None
    value_delta: str
    value_after: str
    recorded_at: str
    effective_at: str
    is_backdated: int  # 0 or 1
    hash: str
    pk: int


class Reading(NamedTuple):
    """What a movement says: values, the time it was recorded, what its hash covers."""

    value_delta: Decimal
    value_after: Decimal
    recorded_at: str
    content: list[object]


def read_products() -> Iterator[ProductRow]:
    """Yield every product by id."""
    rows = Product.objects.values_list("pk", "sku", "on_hand", "reserved", "in_transit")
    return map(ProductRow._make, in_key_order(rows, ["pk"], [0]))


def read_levels() -> Iterator[LevelRow]:
    """Yield every level by product and location."""
    rows = StockLevel.objects.values_list(*_columns(LevelRow._fields))
    found = in_key_order(rows, ["product_id", "location_id"], [0, 1])
    return map(LevelRow._make, found)


def read_holds() -> Iterator[HoldRow]:
    """Yield every open hold by product."""
    rows = Hold.objects.open().values_list(*HoldRow._fields)
    return map(HoldRow._make, in_key_order(rows, ["product_id", "pk"], [0, 1]))


def read_movements() -> Iterator[MovementRow]:
    """Yield every movement by product, location and sequence."""
    rows = StockMovement.objects.values_list(*_columns(MovementRow._fields))
    keys = ["product_id", "location_id", "sequence"]
    positions = [MovementRow._fields.index(key) for key in keys]
    return map(MovementRow._make, in_key_order(rows, keys, positions))


def _columns(names: tuple[str, ...]) -> list[str | Func | ExpressionWrapper]:
    columns: list[str | Func | ExpressionWrapper] = []
    for name in names:
        if name in AS_TEXT:
            columns.append(Cast(name, TextField()))
        elif name == "is_backdated":
            columns.append(ExpressionWrapper(F(name), IntegerField()))
        else:
            columns.append(name)
    return columns


def read_value(text: str) -> Decimal:
    """Return a value with its four places; raises one of UNREADABLE."""
    return Decimal(text).quantize(VALUE_STEP)


def read_time(text: str) -> str:
    """Return a time as the hash has it; raises one of UNREADABLE.

    Two such texts compare like the times they stand for.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:  # SQLite and MariaDB keep UTC without saying so
        return moment.isoformat(timespec="microseconds") + "+00:00"
    return time_text(moment)


def read_movement(row: MovementRow) -> Reading:
    """Return the row's values and the content of its hash; raises one of UNREADABLE."""
    value_delta, value_after = read_value(row.value_delta), read_value(row.value_after)
    recorded_at = read_time(row.recorded_at)
    has_own_date = row.effective_at != row.recorded_at
    cost, late = row.unit_cost, row.is_backdated
    content: list[object] = [
        *row[:FIRST_TEXT],
        None if cost is None else decimal_text(Decimal(cost), COST_STEP),
        str(value_delta),
        str(value_after),
        recorded_at,
        read_time(row.effective_at) if has_own_date else recorded_at,
        bool(late) if late in (0, 1) else late,
    ]
    return Reading(value_delta, value_after, recorded_at, content)
