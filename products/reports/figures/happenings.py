"""Whatever moved a figure since a moment, from the ledger and the trails beside it.

By the time of recording: a late entry belongs to the day on which it was written, so
that a day that is over never changes. Each happening knows how to be taken back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from products.models import (
    DocumentChange,
    Hold,
    Product,
    ProductChange,
    StockMovement,
)
from products.models.stored import as_stored
from products.reports.stock_totals import in_steps
from products.services.locking import batches

OPEN, EXPIRED = str(Hold.State.OPEN), str(Hold.State.EXPIRED)


@dataclass(slots=True)
class Standing:
    """One product as far as the figures ask; `status` is None where it is not there.

    `steps` are its value in steps of VALUE_STEP.
    """

    status: str | None = None
    on_hand: int = 0
    held: int = 0
    reorder_point: int | None = None
    steps: int = 0

    @property
    def share(self) -> tuple[int, ...]:
        """What it adds to units, steps of value, SKUs, low and out."""
        if self.status is None or self.status == Product.Status.ARCHIVED:
            return (0, 0, 0, 0, 0)
        available = self.on_hand - self.held
        is_low = 0 < available <= (self.reorder_point or 0)
        return (self.on_hand, self.steps, 1, int(is_low), int(available <= 0))


@dataclass(frozen=True, slots=True)
class Moved:
    at: datetime
    product_id: int
    units: int
    steps: int

    def take_back(self, standing: Standing) -> None:
        standing.on_hand -= self.units
        standing.steps -= self.steps


@dataclass(frozen=True, slots=True)
class Held:
    """So many units came to be held, or ceased to be where it is negative."""

    at: datetime
    product_id: int
    units: int

    def take_back(self, standing: Standing) -> None:
        standing.held -= self.units


@dataclass(frozen=True, slots=True)
class Changed:
    """`before` is None where the product was made."""

    at: datetime
    product_id: int
    before: Mapping[str, Any] | None

    def take_back(self, standing: Standing) -> None:
        if self.before is None:
            standing.status = None
            return
        standing.status = self.before.get("status", standing.status)
        if "reorder_point" in self.before:
            standing.reorder_point = self.before["reorder_point"]


Happening = Moved | Held | Changed


def happenings(
    since: datetime, *, moment: datetime, places: list[int], most: int
) -> list[Happening] | None:
    """Return what happened after `since`, newest first; None for more than `most`.

    `places` are the locations whose stock counts, `moment` is now. Five queries, one
    more per 5,000 holds; to be seen from one moment.
    """
    found: list[Happening] = []
    sources = (
        partial(_moved, since, places),
        partial(_changed, since),
        partial(_held, since, moment),
    )
    for source in sources:
        found += source(most + 1 - len(found))
        if len(found) > most:
            return None
    # Those of the same time stay as they come: the later one first.
    return sorted(found, key=lambda each: each.at, reverse=True)


def _moved(since: datetime, places: list[int], most: int) -> Iterator[Moved]:
    rows = StockMovement.objects.filter(recorded_at__gt=since, location__in=places)
    newest = rows.order_by("-recorded_at", "-pk").values_list(
        "recorded_at", "product_id", "delta", as_stored("value_delta")
    )
    for at, product_id, units, stored in newest[:most]:
        yield Moved(at, product_id or 0, units, in_steps(stored))


def _changed(since: datetime, most: int) -> Iterator[Changed]:
    """Edits, and products that were made or went."""
    rows = ProductChange.objects.filter(operation__created_at__gt=since)
    newest = rows.order_by("-operation__created_at", "-pk").values_list(
        "operation__created_at", "product_id", "before"
    )
    for at, product_id, before in newest[:most]:
        yield Changed(at, product_id or 0, before)


def _held(since: datetime, moment: datetime, most: int) -> Iterator[Held]:
    """Holds that were made, ended or opened again; those whose time was up too."""
    changes = list(
        DocumentChange.objects.filter(
            document=DocumentChange.Document.HOLD, operation__created_at__gt=since
        )
        .order_by("-operation__created_at", "-pk")
        .values_list(
            "operation__created_at", "document_id", "before__state", "after__state"
        )[:most]
    )
    last_known: dict[int, str] = {}
    for _at, pk, _before, after in changes:
        last_known.setdefault(pk, after)
    holds = {
        pk: (product_id or 0, quantity)
        for batch in batches(last_known)
        for pk, product_id, quantity in Hold.objects.filter(pk__in=batch)
        .order_by()
        .values_list("pk", "product_id", "quantity")
    }
    for at, pk, before, after in changes:
        product_id, units = holds[pk]
        if (before == OPEN) != (after == OPEN):
            yield Held(at, product_id, units if after == OPEN else -units)
    # Nothing is written down when a hold's time is up: it ends by itself.
    ended = Hold.objects.filter(state=EXPIRED, expires_at__gt=since)
    for each in (ended, Hold.objects.due(moment).filter(expires_at__gt=since)):
        rows = each.order_by().values_list("pk", "expires_at", "product_id", "quantity")
        for pk, expires_at, product_id, quantity in rows:
            if last_known.get(pk) != EXPIRED and expires_at is not None:
                yield Held(expires_at, product_id or 0, -quantity)
