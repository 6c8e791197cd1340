"""The stock of the whole catalogue at a past date, against one raw pass over it.

    make bench ARGS="--only stock_at"

The raw pass reads product, location, quantity and value of every level through a plain
cursor, as they are now. Against it stands `stock_cells`: the same figures of everything
as they were, read from one moment and to the end. The moments are the hard ones: now,
the middle of what was ever recorded, and before the first. The two take turns, and the
medians count.

What the page adds up of it, by category and place, is a row of its own without a limit:
it is fetched behind the page and kept for a minute.
"""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

RUNS = 5
LIMIT = 2  # times the raw pass
MILLISECONDS = 1_000
RAW = "SELECT product_id, location_id, on_hand, value FROM products_stocklevel"


def measure() -> list[dict[str, Any]]:
    """Return a row for each moment: name, engine, ratio, limit, ms and bare_ms.

    The database is the one that the settings name; it is only read. No rows where
    nothing has moved.
    """
    from products.reports.stock_totals import stock_totals

    moments = _moments()
    rows = [
        _row(f"stock of all products {name}", LIMIT, partial(_read_cells, at))
        for name, at in moments.items()
    ]
    if moments:
        at = moments["when half had moved"]
        rows.append(
            _row(
                "stock of all products, sums of the page",
                None,
                partial(stock_totals, at),
            )
        )
    return rows


def _moments() -> dict[str, datetime]:
    from django.utils import timezone

    from products.models import StockMovement

    times = StockMovement.objects.order_by("recorded_at").values_list(
        "recorded_at", flat=True
    )
    count = times.count()
    if not count:
        return {}
    return {
        "now": timezone.now(),
        "when half had moved": times[count // 2],
        "before all": times[0] - timedelta(days=1),
    }


def _read_raw() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(RAW)
        _read(cursor)


def _read_cells(moment: datetime) -> None:
    from products.reports.stock_cells import stock_cells

    _read(stock_cells(moment))


def _read(rows: Any) -> None:
    deque(rows, maxlen=0)


def _row(name: str, limit: int | None, work: Callable[[], object]) -> dict[str, Any]:
    from django.db import connection

    times = [list(_times(work)) for _run in range(RUNS)]
    ms, bare_ms = (median(column) for column in zip(*times, strict=True))
    return {
        "name": name,
        "engine": connection.vendor,
        "ratio": ms / bare_ms,
        "limit": limit,
        "ms": ms,
        "bare_ms": bare_ms,
    }


def _times(work: Callable[[], object]) -> Iterator[float]:
    """Time the work, and then the raw pass."""
    from products.models.reading import one_moment

    for task in (work, _read_raw):
        start = perf_counter()
        with one_moment():
            task()
        yield (perf_counter() - start) * MILLISECONDS
