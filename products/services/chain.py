"""The hash chain of each (product, location): byte form, version and genesis.

docs/decisions/ledger.md explains it. A hash covers every column of its movement and
the hash before it, so that an edited, inserted or removed row breaks the chain.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from products.models import StockMovement

VERSION = 1
GENESIS = "0" * 64
ZERO = Decimal(0)
VALUE_STEP = Decimal("0.0001")
COST_STEP = Decimal("0.000001")
HASHED = (
    "hash_version",
    "previous_hash",
    "operation_id",
    "product_id",
    "sku",
    "location_id",
    "sequence",
    "kind",
    "delta",
    "balance_after",
    "unit_cost",
    "value_delta",
    "value_after",
    "recorded_at",
    "effective_at",
    "is_backdated",
)
"""The columns that a hash covers, in its order."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def movement_hash(movement: StockMovement) -> str:
    """Return the SHA-256 of the movement's canonical bytes, in hex.

    Canonical: a JSON array without blanks, UTF-8; decimals with all their places,
    times in UTC with microseconds, so that each database gives the same bytes back.
    """
    unit_cost = movement.unit_cost
    return content_hash(
        [
            movement.hash_version,
            movement.previous_hash,
            movement.operation_id,
            movement.product_id,
            movement.sku,
            movement.location_id,
            movement.sequence,
            movement.kind,
            movement.delta,
            movement.balance_after,
            None if unit_cost is None else decimal_text(unit_cost, COST_STEP),
            decimal_text(movement.value_delta, VALUE_STEP),
            decimal_text(movement.value_after, VALUE_STEP),
            time_text(movement.recorded_at),
            time_text(movement.effective_at),
            movement.is_backdated,
        ]
    )


def content_hash(content: Sequence[object]) -> str:
    """Return the hash of canonical values, which stand in the order of HASHED."""
    return hashlib.sha256(_encode(content).encode()).hexdigest()


def decimal_text(value: Decimal, step: Decimal) -> str:
    """Return the number with all places of `step`; zero has no sign.

    A sale of goods without a known cost changes the value by minus nothing, which no
    database gives back.
    """
    return str(value.quantize(step) + ZERO)


@lru_cache(maxsize=8)  # the movements of an operation have one time, or a few
def time_text(moment: datetime) -> str:
    """Return an aware time in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
