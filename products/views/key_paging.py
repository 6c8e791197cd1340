"""Long lists paged by key: the last page costs what the first does, and none jumps
when rows are added meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from products.fields import is_number


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The rows of one page and the addresses around it; "" where the list ends."""

    rows: list[Any]
    previous_url: str = ""
    next_url: str = ""


def key_page(
    request: HttpRequest,
    rows: "QuerySet[Any]",
    *,
    size: int,
    name: str = "",
    newest_first: bool = True,
    by: Sequence[str] = ("pk",),
) -> KeyPage:
    """Return the page of `rows` that the address asks for; one query, seldom two.

    Rows are put in the order of `by`, whole numbers that together are unique. `after`
    and `before` in the address name the row at the edge; with `name` they are called
    `<name>_after`, for several lists on one page. A key that makes no sense shows the
    first page.
    """
    prefix = f"{name}_" if name else ""
    after = _key(request.GET.get(f"{prefix}after"), len(by))
    before = _key(request.GET.get(f"{prefix}before"), len(by))
    onward, backward = ("lt", "gt") if newest_first else ("gt", "lt")
    falling, rising = [f"-{column}" for column in by], list(by)
    order, reverse = (falling, rising) if newest_first else (rising, falling)
    if before is not None:
        earlier = rows.filter(_beyond(by, before, backward)).order_by(*reverse)
        nearest = list(earlier[: size + 1])
        if len(nearest) > size:  # fewer are the first page, with what follows them
            page = nearest[:size][::-1]
            return KeyPage(
                page,
                address(request, prefix, "before", _key_of(page[0], by)),
                address(request, prefix, "after", _key_of(page[-1], by)),
            )
    found: list[Any] = []
    if after is not None and before is None:
        later = rows.filter(_beyond(by, after, onward)).order_by(*order)
        found = list(later[: size + 1])
    is_first = not found
    if is_first:
        found = list(rows.order_by(*order)[: size + 1])
    page = found[:size]
    return KeyPage(
        page,
        "" if is_first else address(request, prefix, "before", _key_of(page[0], by)),
        address(request, prefix, "after", _key_of(page[-1], by))
        if len(found) > size
        else "",
    )


def key_in(request: HttpRequest, name: str) -> int | None:
    """Return the key that the address names, of a list in the order of its ids."""
    key = _key(request.GET.get(name), 1)
    return key[0] if key else None


def _key(text: str | None, length: int) -> list[int] | None:
    parts = (text or "").split("-")
    if len(parts) != length or not all(map(is_number, parts)):
        return None
    return [int(part) for part in parts]


def _beyond(by: Sequence[str], key: Sequence[int], side: str) -> Q:
    """Return what stands beyond `key` in the order of `by`."""
    beyond = Q()
    same: dict[str, int] = {}
    for column, value in zip(by, key, strict=True):
        beyond |= Q(**same, **{f"{column}__{side}": value})
        same[column] = value
    # Said of the first column alone, so that its index can be read.
    return Q(**{f"{by[0]}__{side}e": key[0]}) & beyond


def _key_of(row: Any, by: Sequence[str]) -> str:
    return "-".join(str(getattr(row, column)) for column in by)


def address(request: HttpRequest, prefix: str, side: str, key: str) -> str:
    """Return the address of the page on one side of a key: "after" or "before"."""
    query = request.GET.copy()
    for other in ("before", "after"):
        query.pop(f"{prefix}{other}", None)
    query[f"{prefix}{side}"] = key
    return f"?{query.urlencode()}"
