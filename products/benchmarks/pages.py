"""What the pages of the dashboard cost, beside the least that a page can cost.

Signed in, with all figures and filters. The first page stands against the bare view and
against the same page of a shop with few products; the later ones, the other orders and
the filters stand against the first page.
"""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from itertools import combinations
from urllib.parse import quote

from django.db import connection
from django.test import RequestFactory

from products.benchmarks.bare import BareView
from products.benchmarks.comparing import Row, compare
from products.benchmarks.shops import Shop
from products.models import Brand, Category, Product

FIRST = "/dashboard"
LIMITS = {"sqlite": 3.0}  # times bare
LIMIT = 3.5  # the same where a server is asked
GROWTH = 1.1  # times the shop with few products
LATER = 1.1  # times the first page
FILTERED = 1.5
STEPS = 3  # pages onward, before one goes back
SORTS = (
    *("name", "-name", "sku", "-sku", "price", "-price"),
    *("available", "-available"),
)
LINK = r'<a [^>]*rel="{}"[^>]*href="([^"]+)"'


def measure(big: Shop, small: Shop) -> list[Row]:
    """Return the rows of all pages; each page is asked for some dozen times."""
    return [*_first(big, small), *_later(big), *_sorted(big), *_filtered(big)]


def _first(big: Shop, small: Shop) -> Iterator[Row]:
    view, request = BareView(), RequestFactory().get("/bare")
    bare = partial(view, request)
    ours, other = partial(big.get, FIRST), partial(small.get, FIRST)
    limit = LIMITS.get(connection.vendor, LIMIT)
    yield compare("first page, to a bare one", ours, bare, limit=limit, rounds=100)
    big.enter()
    yield compare("first page, to the small shop's", ours, other, limit=GROWTH)
    big.enter()


def _later(shop: Shop) -> Iterator[Row]:
    path = FIRST
    for step in range(1, STEPS + 1):
        path = _link(shop, path, "next")
        yield _beside(shop, f"page {step + 1}, onward", path, LATER)
    yield _beside(shop, f"page {STEPS}, back", _link(shop, path, "prev"), LATER)
    yield _beside(shop, "a page in the middle", _middle(FIRST, "-updated_at"), LATER)
    for column in ("name", "price"):
        path = _middle(f"{FIRST}?sort={column}", column)
        yield _beside(shop, f"a page in the middle, by {column}", path, LATER)
        back = path.replace("after=", "before=")
        yield _beside(shop, f"the page before it, by {column}", back, LATER)


def _sorted(shop: Shop) -> Iterator[Row]:
    for sort in SORTS:
        yield _beside(shop, f"sorted by {sort}", f"{FIRST}?sort={sort}", LATER)


def _filtered(shop: Shop) -> Iterator[Row]:
    values = {
        "category": str(Category.objects.filter(parent=None).first().pk),
        "brand": str(Brand.objects.latest("pk").pk),
        "stock": Product.StockStatus.LOW,
        "status": Product.Status.ACTIVE,
    }
    for names in [*combinations(values, 1), *combinations(values, 2)]:
        query = "&".join(f"{name}={values[name]}" for name in names)
        name = f"filtered by {' and '.join(names)}"
        yield _beside(shop, name, f"{FIRST}?{query}", FILTERED)


def _beside(shop: Shop, name: str, path: str, limit: float) -> Row:
    """Compare a page with the first one."""
    return compare(name, partial(shop.get, path), partial(shop.get, FIRST), limit=limit)


def _link(shop: Shop, path: str, rel: str) -> str:
    """Return where the link "next" or "prev" of a page leads."""
    page = shop.get(path).content.decode()
    found = re.search(LINK.format(rel), page)
    if not found:
        raise AssertionError(f"{path} has no link “{rel}”")
    return unescape(found[1])


def _middle(path: str, order: str) -> str:
    """Return the address of the page behind the row in the middle of the table."""
    rows = Product.objects.order_by(order, "-pk" if order[0] == "-" else "pk")
    column = order.lstrip("-")
    value, pk = rows.values_list(column, "pk")[rows.count() // 2]
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    sign = "&" if "?" in path else "?"
    return f"{path}{sign}after={quote(text)}~{pk}"
