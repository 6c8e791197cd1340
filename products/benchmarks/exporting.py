"""How fast the products are exported, against a bare reading of the very same rows.

    python -m products.benchmarks.exporting 100000

The limit is `values_list().iterator()` of the exported columns into a `csv.writer`: no
stock of locations, no category paths, nothing escaped. Each is run several times, in
turns; the medians of their CPU time are compared. Then, for each of our own formats,
how long the first byte takes on the clock, and how much memory Python asks for at most,
with all the products and with a tenth of them.
"""

import argparse
import csv
import os
import sys
import tracemalloc
from functools import partial
from statistics import median
from time import perf_counter

import django
from django.db import connection

from products.benchmarks.bulk_load import measure

RUNS = 5
FORMATS = ("native", "xlsx")
MILLISECONDS = 1_000
MEGABYTE = 1_000_000


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
    """Measure, and print a line for each format."""
    times: dict[str, list[float]] = {name: [] for name in ("bare", *FORMATS)}
    for _run in range(RUNS):
        times["bare"].append(measure(read_bare)[0])
        for code in FORMATS:
            times[code].append(measure(partial(export, code))[0])
    limit = median(times["bare"])
    sys.stdout.write(f"bare    {count / limit:>8.0f} products/s of CPU\n")
    for code in FORMATS:
        seconds = median(times[code])
        first = median(export(code) for _run in range(RUNS)) * MILLISECONDS
        tenth, whole = peak(code, count // 10), peak(code, count)
        sys.stdout.write(
            f"{code:<8}{count / seconds:>8.0f} products/s of CPU, ratio"
            f" {limit / seconds:.2f}, first byte {first:.1f} ms,"
            f" memory {whole:.1f} MB (a tenth of the products: {tenth:.1f} MB)\n"
        )


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
        connection.creation.destroy_test_db("", verbosity=0)


if __name__ == "__main__":
    main()
