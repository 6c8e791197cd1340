"""How fast the products are exported, against a bare reading of the very same rows.

    python -m products.benchmarks.exporting 100000

The limit is `values_list().iterator()` of the exported columns into a `csv.writer`: no
stock of locations, no category paths, nothing escaped. Each is run several times, in
turns; the medians count: of this process's work (CPU) and of the clock. Then, for each
of our own formats, how long the first byte takes on the clock, and how much memory
Python asks for at most, with all the products and with a tenth of them.
"""

import argparse
import csv
import os
import sys
import tracemalloc
from contextlib import suppress
from functools import partial
from statistics import median
from time import perf_counter

import django
from django.db import connection

from products.benchmarks.bulk_load import measure

RUNS = 5
LIMITS = {"native": " (at least 0.25)", "xlsx": ""}
MILLISECONDS = 1_000
MEGABYTE = 1_000_000

Times = tuple[float, float]


class _Nowhere:
    def write(self, text: str) -> int:
        return len(text)


def read_bare() -> None:
    """Write the columns of the export as the database gives them."""
    from products.exporting.native import ELSEWHERE
    from products.models import Product
    from products.tabular.own_csv import COLUMNS

    columns = [ELSEWHERE.get(field, field) for field in COLUMNS]
    writer = csv.writer(_Nowhere())
    rows = Product.objects.order_by("sku_key").values_list(*columns)
    for row in rows.iterator():
        writer.writerow(row)


def export(code: str, most: int | None = None) -> float:
    """Export up to `most` products; return the seconds until the first byte."""
    from products.exporting.products import ExportRequest
    from products.exporting.registry import EXPORTS
    from products.models import Product

    start = perf_counter()
    products = Product.objects.order_by("sku_key")[:most]
    pieces = EXPORTS[code].write(ExportRequest(products, with_cost=True))
    next(pieces)
    first = perf_counter() - start
    for _piece in pieces:
        pass
    return first


def peak(code: str, most: int) -> float:
    """Return the megabytes an export of `most` products takes at once."""
    tracemalloc.start()
    try:
        export(code, most)
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def report(count: int) -> None:
    """Measure, and print what each takes, and how near it comes to its limit."""
    works = {"bare": read_bare} | {code: partial(export, code) for code in LIMITS}
    runs: dict[str, list[Times]] = {name: [] for name in works}
    for _run in range(RUNS):
        for name, work in works.items():
            runs[name].append(measure(work))
    middle = {name: _medians(times) for name, times in runs.items()}
    for name, (cpu, clock) in middle.items():
        sys.stdout.write(
            f"{name:<12}{count / cpu:>8.0f} products/s of CPU"
            f"{count / clock:>8.0f} on the clock\n"
        )
    for code, limit in LIMITS.items():
        cpu, clock = (
            bare / own for bare, own in zip(middle["bare"], middle[code], strict=True)
        )
        sys.stdout.write(
            f"ratio       {cpu:>8.2f} of bare for {code}, {clock:.2f} on the clock"
            f"{limit}\n"
        )
        first = median(export(code) for _run in range(RUNS)) * MILLISECONDS
        tenth, whole = peak(code, count // 10), peak(code, count)
        sys.stdout.write(
            f"{'':<12}{first:>8.1f} ms to its first byte (at most 300),"
            f" {whole:.1f} MB at most (a tenth of the products: {tenth:.1f})\n"
        )


def _medians(times: list[Times]) -> Times:
    return median(cpu for cpu, _ in times), median(clock for _, clock in times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=int, nargs="?", default=20_000)
    count: int = parser.parse_args().products
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.tests.settings")
    django.setup()
    connection.settings_dict["TEST"]["NAME"] = "bench_exporting"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    from products.demo.scale import load_synthetic

    try:
        load_synthetic(count)
        report(count)
    finally:
        with suppress(FileNotFoundError):  # somebody has tidied up
            connection.creation.destroy_test_db("", verbosity=0)


if __name__ == "__main__":
    main()
