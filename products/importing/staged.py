"""A planned product as a row of the database, and the rows of a run to be read again.

`ImportRow.plan` is JSON: `values` to set (see `encode`), `changes` as [field, old,
new], `version` seen, `options`, and `stock` as [place, units before, difference] with
the id of a location or the name of a new one. A line of an order has the `order` to
post besides. A refused row has its `cells` instead.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.db.models import Q, QuerySet

from products.importing.order_lines import PlannedOrderLine, posting_as_json
from products.importing.plan import PlannedProduct
from products.importing.planning import Moves
from products.importing.rows import GroupRow
from products.models import ImportRow, ImportRun

BATCH = 2_000  # rows in one statement
DECIMALS = frozenset({"price", "cost", "weight"})

Outcome = ImportRow.Outcome
DOING = (Outcome.NEW, Outcome.CHANGED)
"""The outcomes that do something, and so can be left out."""


def outcome_of(planned: PlannedProduct) -> ImportRow.Outcome:
    """Return what becomes of a product, or an order's line, that is not refused."""
    if isinstance(planned, PlannedOrderLine):
        return planned.outcome
    if planned.product_id is None:
        return Outcome.NEW
    return Outcome.CHANGED if planned.does_something else Outcome.UNCHANGED


def as_json(planned: PlannedProduct) -> dict[str, Any]:
    """Return the `plan` of a row; nothing for one that needs nothing."""
    if not planned.does_something:
        return {}
    plan = {
        "values": {name: encode(value) for name, value in planned.values.items()},
        "changes": [list(change) for change in planned.changes],
        "version": planned.version,
        "options": planned.options,
        "stock": [
            [place, planned.on_hand.get(place, 0), units]
            for place, units in planned.stock.items()
        ],
    }
    if isinstance(planned, PlannedOrderLine) and planned.posting is not None:
        plan["order"] = posting_as_json(planned.posting)
    return plan


def planned_of(row: ImportRow) -> PlannedProduct:
    """Return what `as_json` kept."""
    plan = row.plan
    stock = plan.get("stock", [])
    return PlannedProduct(
        record=row.record,
        sku=row.sku,
        name=row.name,
        values={name: decode(name, it) for name, it in plan.get("values", {}).items()},
        options=plan.get("options", ""),
        product_id=row.product_id,
        version=plan.get("version", 0),
        changes=[(name, old, new) for name, old, new in plan.get("changes", [])],
        stock={place: units for place, _before, units in stock},
        on_hand={place: before for place, before, _units in stock},
    )


def encode(value: Any) -> Any:
    """Return a value of a row as JSON has it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, GroupRow):
        return [value.handle, value.name, list(value.option_names)]
    return list(value) if isinstance(value, tuple) else value


def decode(name: str, value: Any) -> Any:
    """Return the value of the field `name` that `encode` was given."""
    if value is None:
        return None
    if name in DECIMALS:
        return Decimal(value)
    if name == "category":
        return tuple(value)
    if name == "group":
        handle, title, (option1, option2, option3) = value
        return GroupRow(handle, title, (option1, option2, option3))
    return value


def digest_of(row: ImportRow) -> bytes:
    """Return what two previews of a row share when they say the same."""
    plan = row.plan
    stock = [[place, units] for place, _before, units in plan.get("stock", [])]
    said = (str(row.outcome), row.sku, plan.get("values"), plan.get("changes"), stock)
    # Sorted: PostgreSQL hands the keys of JSON back in an order of its own.
    return blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=12).digest()


def seen_rows(run: ImportRun) -> dict[int, tuple[bytes, bool]]:
    """Return what the preview of `run` showed, for a plan that is made anew."""
    rows = run.rows.exclude(outcome=Outcome.REFUSED)
    return {
        row.record: (digest_of(row), row.is_accepted)
        for row in rows.iterator(chunk_size=BATCH)
    }


def planned_moves(run: ImportRun) -> Moves:
    """Return the stock differences of the preview, by record; {} for none of a row."""
    rows = run.rows.filter(outcome__in=[Outcome.CHANGED, Outcome.UNCHANGED])
    return {
        row.record: {
            place: units for place, _before, units in row.plan.get("stock", [])
        }
        for row in rows.iterator(chunk_size=BATCH)
    }


def rows_to_apply(run: ImportRun) -> "QuerySet[ImportRow]":
    """Return the ticked rows that do something."""
    return run.rows.filter(outcome__in=DOING, is_accepted=True)


def new_rows(run: ImportRun) -> Iterator[list[ImportRow]]:
    """Yield the ticked rows that make a product, by batches, in the file's order.

    Each query goes on after the last row of the one before, so nothing is held open.
    """
    rows = run.rows.filter(outcome=Outcome.NEW, is_accepted=True).order_by("record")
    batch = list(rows[:BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(record__gt=batch[-1].record)[:BATCH])


def changed_rows(run: ImportRun) -> Iterator[list[ImportRow]]:
    """Yield the ticked rows that change a product, by batches.

    First all those that claim codes, together: one may free what another takes. Then
    the others by product, the order in which products are locked.
    """
    rows = run.rows.filter(outcome=Outcome.CHANGED, is_accepted=True)
    claiming = list(rows.filter(is_claiming=True))
    if claiming:
        yield claiming
    others = rows.filter(is_claiming=False).order_by("product_id", "record")
    batch = list(others[:BATCH])
    while batch:
        yield batch
        last = batch[-1]
        same = Q(product_id=last.product_id, record__gt=last.record)
        batch = list(others.filter(Q(product_id__gt=last.product_id) | same)[:BATCH])
