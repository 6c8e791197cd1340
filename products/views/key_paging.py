"""Long lists paged by key: the last page costs what the first does, and none jumps
when rows are added meanwhile.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

MOST_DIGITS = 18  # what every database takes for a key


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
) -> KeyPage:
    """Return the page of `rows` that the address asks for; one query, seldom two.

    Rows are put in the order of their id. `after` and `before` in the address name the
    row at the edge; with `name` they are called `<name>_after`, for several lists on
    one page. A key that makes no sense shows the first page.
    """
    prefix = f"{name}_" if name else ""
    after = _key(request.GET.get(f"{prefix}after"))
    before = _key(request.GET.get(f"{prefix}before"))
    lower, higher = ("pk__lt", "pk__gt")
    onward, backward = (lower, higher) if newest_first else (higher, lower)
    order, reverse = ("-pk", "pk") if newest_first else ("pk", "-pk")
    if before is not None:
        earlier = rows.filter(**{backward: before}).order_by(reverse)
        nearest = list(earlier[: size + 1])
        if len(nearest) > size:  # fewer are the first page, with what follows them
            page = nearest[:size][::-1]
            return KeyPage(
                page,
                _address(request, prefix, "before", page[0].pk),
                _address(request, prefix, "after", page[-1].pk),
            )
    found: list[Any] = []
    if after is not None and before is None:
        found = list(rows.filter(**{onward: after}).order_by(order)[: size + 1])
    is_first = not found
    if is_first:
        found = list(rows.order_by(order)[: size + 1])
    page = found[:size]
    return KeyPage(
        page,
        "" if is_first else _address(request, prefix, "before", page[0].pk),
        _address(request, prefix, "after", page[-1].pk) if len(found) > size else "",
    )


def _key(text: str | None) -> int | None:
    if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    return None


def _address(request: HttpRequest, prefix: str, side: str, key: int) -> str:
    query = request.GET.copy()
    for other in ("before", "after"):
        query.pop(f"{prefix}{other}", None)
    query[f"{prefix}{side}"] = str(key)
    return f"?{query.urlencode()}"
