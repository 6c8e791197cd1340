"""Sums over very many rows: added up when somebody asks, and kept for a minute."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

T = TypeVar("T")

QUICK = 20_000  # rows that are added up for every page
KEEP = 60  # seconds


@dataclass(frozen=True, slots=True)
class AddedUp(Generic[T]):
    """A sum and when it was taken; `at` is None for one that was taken just now."""

    sums: T
    at: datetime | None = None


def add_up(
    compute: Callable[[], T], *, key: str, rows: "QuerySet[Any]", is_asked: bool
) -> AddedUp[T] | None:
    """Return what `compute` makes of `rows`; None where that is for later.

    QUICK rows are added up at once, and nothing is kept. Of more, what was found under
    `key` in the last KEEP seconds; else it is taken where `is_asked`. One query for the
    number of rows, which counts QUICK of them at most.
    """
    if not rows.order_by().values("pk")[QUICK : QUICK + 1]:
        return AddedUp(compute())
    name = f"added-up:{key}:{get_language()}"  # some parts are named by words
    kept: AddedUp[T] | None = cache.get(name)
    if kept is None and is_asked:
        kept = AddedUp(compute(), timezone.now())
        cache.set(name, kept, KEEP)
    return kept
