"""The stock at a moment page by page, each found by where the one before ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby, islice

from products.fields import fold_key
from products.reports.stock_at import StockLine, gone_at, present_at

PRODUCTS = 50
BATCH = 4 * PRODUCTS  # levels read at a time, since some of them are empty


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a page begins: behind a SKU key, or behind so many products now gone."""

    after: str = ""
    gone: int | None = None


START = Edge()


@dataclass(frozen=True, slots=True)
class StockPage:
    """The lines of up to PRODUCTS products; `following` is None on the last page."""

    lines: list[StockLine]
    following: Edge | None


def stock_page(moment: datetime, *, search: str = "", edge: Edge = START) -> StockPage:
    """Return the page that begins at `edge`; about five queries, on any page.

    The products that are gone are counted from the first: there are few.
    """
    products = list(islice(_products(moment, search, edge), PRODUCTS + 1))
    page = products[:PRODUCTS]
    return StockPage(
        [line for lines in page for line in lines],
        _edge_behind(page, edge, products[PRODUCTS][0])
        if len(products) > PRODUCTS
        else None,
    )


def _products(moment: datetime, search: str, edge: Edge) -> Iterator[list[StockLine]]:
    gone = _by_product(gone_at(moment, search=search))
    if edge.gone is not None:
        return islice(gone, edge.gone, None)
    present = present_at(moment, search=search, after=edge.after, batch=BATCH)
    return chain(_by_product(present), gone)


def _by_product(lines: Iterator[StockLine]) -> Iterator[list[StockLine]]:
    for _product_id, group in groupby(lines, key=lambda line: line.product_id):
        yield list(group)


def _edge_behind(page: list[list[StockLine]], edge: Edge, first: StockLine) -> Edge:
    """Return the edge between `page` and the page whose first line is `first`."""
    if not first.is_gone:
        return Edge(after=fold_key(page[-1][0].sku))
    return Edge(gone=(edge.gone or 0) + sum(lines[0].is_gone for lines in page))
