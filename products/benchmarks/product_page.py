"""The page of a product with 10,000 movements behind it, against one with ten.

    make bench ARGS="--only product_page"

Both are added and moved by the services, in a transaction that is rolled back; their
pages are fetched in turns by a superuser, and the medians count.
"""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from statistics import median
from time import perf_counter
from typing import Any

RUNS = 25
LIMIT = 1.2  # times the page of the product that hardly moved
MANY, FEW = 10_000, 10
DAYS = 100  # over which both moved
MILLISECONDS = 1_000


def measure() -> list[dict[str, Any]]:
    """Return one row: name, engine, ratio, limit, ms and bare_ms."""
    from django.contrib.auth import get_user_model
    from django.db import connection, transaction
    from django.test import Client, override_settings

    with (
        override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False),
        transaction.atomic(),
    ):
        client = Client()
        client.force_login(
            get_user_model().objects.create_superuser(
                "benchmark@example.com", name="Benchmark"
            )
        )
        many, few = _product(MANY), _product(FEW)
        pages = [f"/products/{many}", f"/products/{few}"]
        times = [
            [_time(client.get, address) for address in pages] for _run in range(RUNS)
        ]
        transaction.set_rollback(True)
    # The first of each brings into memory what is kept there.
    ms, bare_ms = (median(column) for column in zip(*times[1:], strict=True))
    return [
        {
            "name": f"product page, {MANY:,} movements against {FEW}",
            "engine": connection.vendor,
            "ratio": ms / bare_ms,
            "limit": LIMIT,
            "ms": ms,
            "bare_ms": bare_ms,
        }
    ]


def _product(movements: int) -> int:
    """Add a product that moved so often, evenly, up to now; return its id."""
    from django.utils import timezone

    from products.models import Location, Operation, Product, StockMovement
    from products.services.catalogue import add_product, default_opening
    from products.services.ledger import post
    from products.services.lines import Line
    from products.services.operations import Author, Circumstances, start_operation

    author = Author.for_command("benchmark")
    begin = timezone.now() - timedelta(days=DAYS)
    name = f"Benchmark of {movements} movements"
    product = add_product(
        product=Product(sku=name, name=name, price=1),
        circumstances=Circumstances(author=author, now=begin),
        openings=default_opening(movements),
    )
    line = Line(
        product.pk,
        Location.objects.get_default().pk,
        StockMovement.Kind.SOLD,
        delta=-1,
    )
    steps = min(movements - 1, DAYS)
    for step in range(steps):
        now = begin + timedelta(days=(step + 1) * DAYS / steps)
        share = (movements - 1) * (step + 1) // steps - (movements - 1) * step // steps
        operation, _is_new = start_operation(
            Operation.Kind.STOCK_ISSUED, Circumstances(author=author, now=now)
        )
        post(operation, [line] * share, now=now)
    return product.pk


def _time(get: Callable[[str], Any], address: str) -> float:
    start = perf_counter()
    status = get(address).status_code
    if status != HTTPStatus.OK:
        raise RuntimeError(f"{address} answered {status}")
    return (perf_counter() - start) * MILLISECONDS
