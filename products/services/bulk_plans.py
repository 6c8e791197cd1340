"""What a change of many products at once would do to each of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from products.models import BulkRun, Operation
from products.services.operations import Circumstances

ZERO = Decimal(0)


class Fate(StrEnum):
    """What becomes of a product that was chosen."""

    CHANGES = "changes"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Item:
    """One product: what it has and what it gets, as JSON; `reason` where it is refused.

    `units` and `value` are how its stock changes, in base units and in the shop's
    currency.
    """

    product_id: int
    sku: str
    name: str
    version: int
    fate: Fate
    old: Any
    new: Any
    reason: str = ""
    units: int = 0
    value: Decimal = ZERO


class Change(Protocol):
    """What is to be done to each of the chosen products."""

    @property
    def what(self) -> BulkRun.What: ...

    @property
    def kind(self) -> Operation.Kind: ...

    @property
    def request(self) -> Mapping[str, Any]:
        """What was asked for, as JSON."""
        ...

    @property
    def nothing(self) -> str:
        """Say that no product would change."""
        ...

    def judge(self, product_ids: Sequence[int], moment: datetime) -> list[Item]:
        """Return what becomes of those that are there; a few queries per 5,000.

        Reads only. What it reads stands still for whoever has the products and their
        levels locked.
        """
        ...

    def carry_out(
        self, operation: Operation, items: Sequence[Item], circumstances: Circumstances
    ) -> None:
        """Change these; the products and their levels are locked."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that would happen, by SKU; `gone` are how many are not there.

    `digest` stands for all of it: another plan has another one.
    """

    changing: Sequence[Item]
    same: Sequence[Item]
    refused: Sequence[Item]
    gone: int
    digest: str

    @property
    def count(self) -> int:
        return len(self.changing) + len(self.same) + len(self.refused)

    @property
    def units_in(self) -> int:
        return sum(item.units for item in self.changing if item.units > 0)

    @property
    def units_out(self) -> int:
        return -sum(item.units for item in self.changing if item.units < 0)

    @property
    def value(self) -> Decimal:
        return sum((item.value for item in self.changing), ZERO)


def make_plan(change: Change, product_ids: Sequence[int], moment: datetime) -> Plan:
    """Judge the products as they are at this moment."""
    ids = sorted(set(product_ids))
    items = change.judge(ids, moment)
    by_sku = sorted(items, key=lambda item: (item.sku.casefold(), item.product_id))
    parts: dict[Fate, list[Item]] = {fate: [] for fate in Fate}
    for item in by_sku:
        parts[item.fate].append(item)
    return Plan(
        changing=parts[Fate.CHANGES],
        same=parts[Fate.SAME],
        refused=parts[Fate.REFUSED],
        gone=len(ids) - len(items),
        digest=_digest(change, items, ids),
    )


def _digest(change: Change, items: Sequence[Item], ids: Sequence[int]) -> str:
    # Neither names nor reasons: they say the same in other words.
    rows = [
        (each.product_id, each.fate.value, each.old, each.new, str(each.value))
        for each in sorted(items, key=lambda item: item.product_id)
    ]
    whole = [change.what.value, change.request, ids, rows]
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
