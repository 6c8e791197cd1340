"""Pages of what is rare among very many rows: so far back a page looks, and no further.

A filter may leave one row in a thousand, or none of millions. Where no index leads to
them, the list is walked from where the page begins, by its key; what a page has not
found after MOST entries, the next one goes on to look for.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from products.views.key_paging import KeyPage, address, key_in

WALKS = (5_000, 45_000)  # entries at a time; most pages are filled by the first
MOST = sum(WALKS)

Ends = tuple[int, int]  # the oldest and the newest key


@dataclass(frozen=True, slots=True)
class WalkedPage(KeyPage):
    """A page whose list may go on behind it, unseen.

    `reached` is the last row that was looked at, where it looked for long enough.
    """

    reached: Any = None


@dataclass(frozen=True, slots=True)
class _Walk:
    keys: list[int]
    reached: int | None = None


def walked_page(
    request: HttpRequest,
    rows: "QuerySet[Any]",
    *,
    whole: "QuerySet[Any]",
    size: int,
) -> WalkedPage:
    """Return the page of `rows` that the address asks for, newest first.

    `rows` are the keys to look for, `whole` all rows as they are shown. At most MOST
    entries are looked at: up to two queries for the newest and the oldest, one for each
    of WALKS, one for the rows. The address is that of `key_page`.
    """
    ends = _end(rows, "pk"), _end(rows, "-pk")
    after, before = (_key_within(ends, request, side) for side in ("after", "before"))
    if before is not None:
        walk = _walk(rows, ends, before, size)
        if len(walk.keys) > size or walk.reached is not None:
            keys = walk.keys[:size][::-1]
            further = keys[0] if len(walk.keys) > size else walk.reached
            back = keys[-1] if keys else before
            return WalkedPage(
                _rows(whole, keys),
                address(request, "", "before", str(further)),
                address(request, "", "after", str(back)),
            )
        after = None  # fewer are the first page, with what follows them
    walk = _walk(rows, ends, after, -size)
    keys = walk.keys[:size]
    onward = keys[-1] if len(walk.keys) > size else walk.reached
    return WalkedPage(
        _rows(whole, keys),
        address(request, "", "before", str(keys[0] if keys else after))
        if after is not None
        else "",
        "" if onward is None else address(request, "", "after", str(onward)),
        reached=_row_at(whole, walk.reached),
    )


def _key_within(ends: Ends, request: HttpRequest, side: str) -> int | None:
    """Return the key of the address, if it lies in the list."""
    key = key_in(request, side)
    return key if key is not None and ends[0] <= key <= ends[1] else None


def _walk(rows: "QuerySet[Any]", ends: Ends, start: int | None, size: int) -> _Walk:
    """Look for one row more than a page has, beyond `start`, by the key.

    Towards the oldest where `size` is negative.
    """
    is_rising, size = size > 0, abs(size)
    oldest, newest = ends
    edge = newest + 1 if start is None else start
    keys: list[int] = []
    for steps in WALKS:
        last = edge + steps if is_rising else edge - steps
        found = rows.filter(pk__gte=min(edge + 1, last), pk__lte=max(edge - 1, last))
        ordered = found.order_by("pk" if is_rising else "-pk")
        keys += ordered.values_list("pk", flat=True)[: size + 1 - len(keys)]
        if len(keys) > size or not oldest < last < newest:
            return _Walk(keys)
        edge = last
    return _Walk(keys, edge)


def _end(rows: "QuerySet[Any]", order: str) -> int:
    ends = rows.model._base_manager.order_by(order).values_list("pk", flat=True)
    return next(iter(ends[:1]), 0)


def _rows(whole: "QuerySet[Any]", keys: list[int]) -> list[Any]:
    return list(whole.filter(pk__in=keys).order_by("-pk")) if keys else []


def _row_at(whole: "QuerySet[Any]", key: int | None) -> Any:
    if key is None:
        return None
    return whole.filter(pk__gte=key).order_by("pk").first()
