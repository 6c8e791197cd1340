"""How fast `load_demo --products N` is, against bulk_create of the very same rows.

    python -m products.benchmarks.bulk_load 20000

Two fresh databases: into one the services write N products with their stock; the rows
they made are then read back and stored in the other with bulk_create alone. The times
are of this process's work (CPU) and of the clock; making the rows' objects counts for
the services and not for bulk_create.

Then `check_stock` reads the shop, against a bare iteration over the same rows.
"""

import argparse
import os
import sys
from collections.abc import Callable
from copy import deepcopy
from time import perf_counter, process_time
from typing import Any

import django
from django.db import connections, models, transaction

PLAIN = "plain"
BATCH = 5_000  # products at a time, as load_demo does


def measure(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds `work` takes: of the CPU, and on the clock."""
    cpu, clock = process_time(), perf_counter()
    work()
    return process_time() - cpu, perf_counter() - clock


def store_plainly(rows: dict[type[models.Model], list[models.Model]]) -> None:
    """Store the rows in the second database, a batch of products a transaction."""
    for model, instances in rows.items():
        for start in range(0, len(instances), BATCH):
            with transaction.atomic(using=PLAIN):
                table: models.QuerySet[Any] = models.QuerySet(model, using=PLAIN)
                table.bulk_create(instances[start : start + BATCH], batch_size=2_000)


def read_rows() -> dict[type[models.Model], list[models.Model]]:
    """Return every row that the services wrote, parents before children."""
    from products.models import (
        Brand,
        Category,
        Location,
        Operation,
        Product,
        ProductChange,
        StockLevel,
        StockMovement,
    )

    tables: list[type[models.Model]] = [
        Brand,
        Category,
        Location,
        Operation,
        Product,
        ProductChange,
        StockLevel,
        StockMovement,
    ]
    return {model: list(models.QuerySet(model).order_by("pk")) for model in tables}


def checked_tables() -> tuple[type[models.Model], ...]:
    """Return the tables whose every row a check reads."""
    from products.models import Hold, Product, StockLevel, StockMovement

    return Product, StockLevel, Hold, StockMovement


def iterate_bare() -> None:
    """Read every row that a check reads, as tuples, and do nothing with them."""
    for model in checked_tables():
        table: models.QuerySet[Any] = models.QuerySet(model)
        rows = table.order_by("pk").values_list()
        for _row in rows.iterator(chunk_size=BATCH):
            pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=int, nargs="?", default=20_000)
    count: int = parser.parse_args().products
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.tests.settings")
    django.setup()
    settings = deepcopy(connections.databases["default"])
    connections.databases["default"]["TEST"]["NAME"] = "bench_services"
    settings["TEST"]["NAME"] = "bench_plain"
    connections.databases[PLAIN] = settings
    for alias in ("default", PLAIN):
        connections[alias].creation.create_test_db(verbosity=0, autoclobber=True)
    from products.demo.scale import load_synthetic
    from products.reports.stock_check import check_stock

    try:
        services = measure(lambda: load_synthetic(count))
        rows = read_rows()
        plain = measure(lambda: store_plainly(rows))
        read = sum(len(rows.get(model, ())) for model in checked_tables())
        rows.clear()
        check, bare = measure(check_stock), measure(iterate_bare)
    finally:
        for alias in ("default", PLAIN):
            connections[alias].creation.destroy_test_db("", verbosity=0)
    _print("products", count, {"services": services, "bulk_create": plain})
    _print("rows", read, {"check_stock": check, "iteration": bare})


def _print(what: str, count: int, times: dict[str, tuple[float, float]]) -> None:
    """Write the two rates, and how near the first one comes to the second."""
    for name, (cpu, clock) in times.items():
        sys.stdout.write(
            f"{name:<12}{count / cpu:>8.0f} {what}/s of CPU"
            f"{count / clock:>8.0f} on the clock\n"
        )
    ours, limit = times.values()
    sys.stdout.write(f"ratio       {limit[0] / ours[0]:>8.2f}\n")


if __name__ == "__main__":
    main()
