"""How fast a file is planned and applied, against bulk_create of the very same rows.

    python -m products.benchmarks.importing 100000

Into a fresh database a file of N new products with stock is imported. The rows of the
four tables that this fills (products, levels, movements, changes) are then stored in
another one with bulk_create alone, without a check. Then the file is planned again,
which finds nothing to change. The two sides take turns, and the medians count: of this
process's work (CPU) and of the clock. Last, the most memory the process ever had.
"""

import argparse
import os
import resource
import sys
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from statistics import median
from typing import Any, NamedTuple

import django
from django.db import connections, models

from products.benchmarks.bulk_load import PLAIN, measure, read_rows, store_plainly

RUNS = 3
KILOBYTES = 1_000  # in a megabyte
HEADER = "sku,name,description,category,brand,price,cost,barcode,on_hand\n"

Times = tuple[float, float]


class Run(NamedTuple):
    """CPU and clock of the import, of planning it again, and of the bare rows."""

    first: Times
    again: Times
    bare: Times
    applying: float
    """Times as long as planning."""


def file_of(count: int) -> bytes:
    """Return our own CSV with `count` products, as a shop would have them."""
    return (HEADER + "".join(_lines(count))).encode()


def _lines(count: int) -> Iterator[str]:
    for n in range(count):
        yield (
            f"P-{n:07d},Product {n} in many colours,What is said about product {n},"
            f"Kind {n % 20} > Sort {n % 400},Brand {n % 300},"
            f"{n % 90 + 1}.50,{n % 50 + 1}.25,,{n % 40 + 1}\n"
        )


def import_file(data: bytes) -> None:
    """Plan and apply the file as the command does."""
    from products.importing.request import ImportRequest
    from products.importing.run import run_import
    from products.models import Location
    from products.services.operations import Author, Circumstances

    request = ImportRequest(BytesIO(data), "bench.csv", Location.objects.get_default())
    run_import(request, circumstances=Circumstances(Author.for_command("bench")))


def share_of_applying(whole: float) -> float:
    """Return how many times as long as planning the rest of the first import took.

    `whole` is the seconds of the import on the clock.
    """
    from products.models import ImportRun

    return whole / float(ImportRun.objects.earliest("pk").report["seconds"]) - 1


def run_once(data: bytes) -> Run:
    """Return the times of the import, of planning it again, and of the bare rows.

    And how many times as long as planning applying took.
    """
    aliases = ("default", PLAIN)
    for alias in aliases:
        connections[alias].creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        first = measure(lambda: import_file(data))
        again = measure(lambda: import_file(data))
        rows: dict[type[models.Model], list[models.Model]] = read_rows()
        bare = measure(lambda: store_plainly(rows))
        return Run(first, again, bare, share_of_applying(first[1]))
    finally:
        for alias in aliases:
            connections[alias].creation.destroy_test_db("", verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=int, nargs="?", default=20_000)
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.tests.settings")
    django.setup()
    settings: dict[str, Any] = deepcopy(connections.databases["default"])
    connections.databases["default"]["TEST"]["NAME"] = "bench_imported"
    settings["TEST"]["NAME"] = "bench_plain"
    connections.databases[PLAIN] = settings
    data = file_of(options.products)
    runs = [run_once(data) for _run in range(options.runs)]
    _print(options.products, runs)


def _middle(times: list[Times]) -> Times:
    return median(cpu for cpu, _clock in times), median(clock for _cpu, clock in times)


def _print(count: int, runs: list[Run]) -> None:
    from products.importing.jobs import APPLYING_COSTS

    first = _middle([run.first for run in runs])
    again = _middle([run.again for run in runs])
    bare = _middle([run.bare for run in runs])
    middle = {"import": first, "again": again, "bulk_create": bare}
    for name, (cpu, clock) in middle.items():
        sys.stdout.write(
            f"{name:<12}{count / cpu:>8.0f} products/s of CPU"
            f"{count / clock:>8.0f} on the clock\n"
        )
    sys.stdout.write(
        f"ratio       {bare[0] / first[0]:>8.2f} of bulk_create (at least 0.5)\n"
        f"again       {first[0] / again[0]:>8.2f} times as fast (at least 4)\n"
    )
    applying = median(run.applying for run in runs)
    sys.stdout.write(
        f"applying    {applying:>8.2f} times as long as planning (pages say"
        f" {APPLYING_COSTS})\n"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES
    sys.stdout.write(f"memory      {peak:>8} MB at most, both sides and the file\n")


if __name__ == "__main__":
    main()
