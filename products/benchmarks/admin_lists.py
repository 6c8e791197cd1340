"""How long the admin's long lists take, against the dashboard of the same shop.

    make bench ARGS="--only admin_lists"

Both are fetched in turns through Django's test client by a superuser who is gone again
afterwards; the medians count.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from statistics import median
from time import perf_counter
from typing import Any

RUNS = 15
LIMIT = 3  # times the dashboard
MILLISECONDS = 1_000
DASHBOARD = "/dashboard"


def measure() -> list[dict[str, Any]]:
    """Return a row for each list: name, engine, ratio, limit, ms and bare_ms.

    The shop is the database that the settings name; it is left as it was.
    """
    from django.db import connection

    with _signed_in() as get:
        base = partial(get, DASHBOARD)
        return [
            {"name": f"admin: {name}", "engine": connection.vendor, "limit": LIMIT}
            | _compare(partial(get, address), base)
            for name, address in _lists().items()
        ]


def _lists() -> dict[str, str]:
    """Return what is fetched; a product in the middle is what is searched for."""
    from products.models import Product

    middle = (Product.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1) // 2
    product = Product.objects.filter(pk__gte=middle).order_by("pk")[0]
    word = product.name.split()[0].lower()
    products, movements = "/admin/products/product/", "/admin/products/stockmovement/"
    return {
        "products, first page": products,
        "products, last page": f"{products}?p=-1",
        "products, page 40": f"{products}?p=40",
        "products, an SKU": f"{products}?q={product.sku}",
        "products, a common word": f"{products}?q={word}",
        "products, one letter": f"{products}?q={word[0]}",
        "products, nothing found": f"{products}?q=zzqxzzqx",
        "movements, first page": movements,
        "movements, last page": f"{movements}?p=-1",
        "movements, an SKU": f"{movements}?q={product.sku}",
        "movements, how SKUs begin": f"{movements}?q={product.sku[:-1]}",
        "movements, nothing found": f"{movements}?q=zzqxzzqx",
    }


@contextmanager
def _signed_in() -> Iterator[Callable[[str], None]]:
    """Give a way to fetch an address as a superuser who is in no database later."""
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django.test import Client, override_settings

    with (
        override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False),
        transaction.atomic(),
    ):
        person = get_user_model().objects.create_superuser(
            "benchmark@example.com", name="Benchmark"
        )
        client = Client()
        client.force_login(person)

        def get(address: str) -> None:
            status = client.get(address).status_code
            if status != HTTPStatus.OK:
                raise RuntimeError(f"{address} answered {status}")

        yield get
        transaction.set_rollback(True)


def _compare(one: Callable[[], None], other: Callable[[], None]) -> dict[str, float]:
    for work in (one, other):  # now what is kept in memory is there
        work()
    times = [(_time(one), _time(other)) for _run in range(RUNS)]
    ms, bare_ms = (median(column) for column in zip(*times, strict=True))
    return {"ratio": ms / bare_ms, "ms": ms, "bare_ms": bare_ms}


def _time(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * MILLISECONDS
