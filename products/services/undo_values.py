"""The values of a product's trail, compared and put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from products.models import ProductChange
from products.services.snapshots import RELATED, Snapshot


@dataclass(slots=True)
class Edit:
    """What one operation did to the fields of a product: name -> value, as JSON.

    `change_id` is its last entry in the trail.
    """

    sku: str
    change_id: int
    is_addition: bool = False
    before: Snapshot = field(default_factory=dict)
    after: Snapshot = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The fields that were changed."""
        return [name for name in self.before if name != "version"]


def among(column: str, ids: Sequence[int]) -> Q:
    """Return a condition that holds where `column` is one of `ids`, in their order.

    Where the ids lie close together it is a range, which costs less than to send
    thousands of numbers; it may hold for others then, which the caller leaves out.
    """
    if ids and ids[-1] - ids[0] < 2 * len(ids):
        return Q(**{f"{column}__gte": ids[0], f"{column}__lte": ids[-1]})
    return Q(**{f"{column}__in": ids})


def merge_changes(changes: Iterable[ProductChange]) -> dict[int, Edit]:
    """Return what the changes of one operation came to per product, in their order."""
    edits: dict[int, Edit] = {}
    for change in changes:
        edit = edits.setdefault(change.product_id or 0, Edit(change.sku, change.pk))
        edit.is_addition |= change.before is None
        edit.change_id = change.pk
        edit.before = (change.before or {}) | edit.before
        edit.after |= change.after or {}
    return edits


def is_same(name: str, one: Any, other: Any) -> bool:
    """Say whether two values of a field are the same; a relation is, by its id."""
    if name in RELATED and one and other:
        return bool(one["id"] == other["id"])
    return bool(one == other)
