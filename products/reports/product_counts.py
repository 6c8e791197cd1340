"""How many products a list shows: exact up to a limit, or all of them when asked."""

from collections.abc import Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from inventory_site.statements import question
from products.models import Product
from products.reports.product_pages import Asked, ProductPage

MOST = 10_000  # products that are counted unasked
FEW = 3_000  # products that are sorted as quickly as some are found on the way
KEPT = 60  # seconds
LISTS_KEPT = 1_000

_plenty: dict[Hashable, float] = {}  # lists with more than MOST, until when


@dataclass(frozen=True, slots=True)
class Found:
    """`number` products, or with `is_more` that many and more."""

    number: int
    is_more: bool = False

    @property
    def are_few(self) -> bool:
        """Whether to sort them all is quicker than to walk an index for some."""
        return self.number <= FEW


def count_found(asked: Asked, *, is_all: bool = False) -> Found:
    """Count what a list shows, up to MOST or with `is_all` to the last; one query.

    Read off one index where the list is narrowed by category, brand or state; else the
    time grows with what is counted.
    """
    if is_all:
        return Found(_rows(asked).count())
    name = asked.name and ("count", MOST, asked.name)
    number = question(name, lambda: _rows(asked)[: MOST + 1]).count()
    return Found(min(number, MOST), is_more=number > MOST)


def count_by_index(asked: Asked) -> Found | None:
    """Count before the page what an index counts alone; None for all else.

    At most one query. Who knows that there are a few only finds them at once. That
    there are more than MOST is known for a minute: to count so far takes a quarter of
    the page's time, on each of its pages.
    """
    if asked.name is None or not (asked.is_narrow and asked.is_counted_by_index):
        return None
    key = (connection.settings_dict["NAME"], asked.name)
    if _plenty.get(key, 0) > monotonic():
        return Found(MOST, is_more=True)
    found = count_found(asked)
    if found.is_more:
        if len(_plenty) >= LISTS_KEPT:
            _plenty.clear()
        _plenty[key] = monotonic() + KEPT
    return found


def count_afterwards(
    asked: Asked, page: ProductPage, *, listed: int, is_small: bool, is_whole: bool
) -> Found | None:
    """Return how many products the list of `page` shows, if that takes no time.

    `listed` is how many are not archived, exact where `is_small` says that the whole
    shop is counted in no time; `is_whole` says that the list is just these. None where
    the page should come first. One query at most.
    """
    if page.previous is None and page.next is None:
        return Found(len(page.rows))
    if is_whole and is_small:
        return Found(listed)
    if not asked.is_narrow and listed > MOST:
        return Found(MOST, is_more=True)
    return count_found(asked) if is_small or not asked.is_narrow else None


def _rows(asked: Asked) -> "QuerySet[Product, Any]":
    # Not the id: PostgreSQL's indexes of a state have none, but all have the status.
    return asked.narrow(Product.objects.all()).order_by().values("status")
