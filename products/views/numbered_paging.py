"""Lists of what is not written yet, and so has no keys: pages by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from products.fields import is_number
from products.views.key_paging import KeyPage

MOST_DIGITS = 9  # of a page's number


@dataclass(frozen=True, slots=True)
class NumberedPage(KeyPage):
    """A page that knows where it is: rows `first` to `last` of `total`."""

    first: int = 0
    last: int = 0
    total: int = 0


def number_in(request: HttpRequest, name: str) -> int:
    """Return the page that the address asks for, from 1; 1 when it makes no sense."""
    text = request.GET.get(name, "")
    return max(1, int(text)) if is_number(text, MOST_DIGITS) else 1


def numbered_page(
    request: HttpRequest, rows: Sequence[Any], *, name: str, size: int, total: int
) -> NumberedPage:
    """Put `rows`, read already, on their page: the one `name` asks for, or the last."""
    page = Paginator(range(total), size).get_page(number_in(request, name))
    before, after = page.has_previous(), page.has_next()
    return NumberedPage(
        list(rows),
        _address(request, name, page.number - 1) if before else "",
        _address(request, name, page.number + 1) if after else "",
        page.start_index(),
        page.end_index(),
        total,
    )


def _address(request: HttpRequest, name: str, number: int) -> str:
    query = request.GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"
