"""What one stock adjustment costs, against the two statements nobody gets around.

    python -m products.benchmarks.adjusting

The service writes an operation, a movement with its hash, the level and the totals of
the product, checks holds and closed periods, and does it once. The raw transaction is
an UPDATE of the level that refuses to go below what is held, and an INSERT into a table
like that of the movements, with its columns, checks, keys and indexes, but without its
triggers: so the ledger stays true. Both on one connection, in turns; medians count.

On PostgreSQL eight processes then do the same, on one product and on all of them; here
the median of several rounds counts. No adjustment may be lost, and `check_stock` has
the last word.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from statistics import median
from time import perf_counter
from typing import Any

from products.benchmarks.adjusters import (
    RAW,
    SCRATCH,
    Adjuster,
    Shop,
    Turn,
    adjust_at_once,
)

PRODUCTS = 10_000
ADJUSTMENTS = 1_000  # of each side by one client; even, so that nothing is left
CLIENTS = 8
ROUNDS = 5
BY_EACH = 100  # adjustments of one client in a round
WARM_UP = 20
STRIDE = 7  # neighbours share a page of the table
MOST = 4.0  # times the raw transaction
MILLISECONDS = 1_000

Row = dict[str, Any]


def measure(
    products: int = PRODUCTS, adjustments: int = ADJUSTMENTS, rounds: int = ROUNDS
) -> list[Row]:
    """Return what an adjustment costs, a row per case, from a database of its own.

    Milliseconds of the service and of the raw transaction, and their ratio with its
    limit; with several clients milliseconds of the clock per adjustment of any. Raises
    AssertionError when the ledger isn't true afterwards.
    """
    from django.db import connection

    with fresh_shop(products) as shop:
        rows = [*_one_client(shop, adjustments)]
        if connection.vendor == "postgresql":
            rows += _many_clients(shop, rounds)
        _check_ledger()
    return [{"engine": connection.vendor, "limit": MOST, **row} for row in rows]


@contextmanager
def fresh_shop(products: int) -> Iterator[Shop]:
    """Make a test database with a shop and the table of the raw movements."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    from products.demo.scale import load_synthetic
    from products.models import Location, Operation, Product

    connection.settings_dict["TEST"]["NAME"] = "bench_adjusting"
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        load_synthetic(products)
        make_scratch_table()
        person = get_user_model()._default_manager.create(email="bench@example.com")
        yield Shop(
            product_ids=[*Product.objects.values_list("pk", flat=True)],
            location_id=Location.objects.get_default().pk,
            user_id=person.pk,
            operation_id=Operation.objects.latest("pk").pk,
        )
    finally:
        with suppress(FileNotFoundError):  # somebody has tidied up
            connection.creation.destroy_test_db(str(before), verbosity=0)


def make_scratch_table() -> None:
    """Make the table of the raw movements, from the model as the migrations know it."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    apps = MigrationLoader(connection).project_state().apps
    model = apps.get_model("products", "StockMovement")
    model._meta.db_table = SCRATCH
    for named in (*model._meta.indexes, *model._meta.constraints):
        named.name = f"bench_{named.name}"
    with connection.schema_editor() as editor:
        editor.create_model(model)


def _one_client(shop: Shop, adjustments: int) -> Iterator[Row]:
    sides = Adjuster(shop).sides()
    times: dict[str, list[float]] = {side: [] for side in sides}
    for turn in range(adjustments // 2 + WARM_UP):
        product_id = shop.product_ids[turn * STRIDE % len(shop.product_ids)]
        for side, adjust in sides.items():
            for delta in (1, -1):
                start = perf_counter()
                adjust(product_id, delta)
                times[side].append(perf_counter() - start)
    middle = {side: median(each[2 * WARM_UP :]) for side, each in times.items()}
    bare = middle.pop(RAW)
    for side, seconds in middle.items():
        yield _row(f"one client, {side}", seconds, bare)


def _many_clients(shop: Shop, rounds: int) -> Iterator[Row]:
    from django.db import connection

    cases = {"one product": shop.product_ids[:1], "any product": shop.product_ids}
    sides = list(Adjuster(shop).sides())
    turns = [
        Turn(side, chosen, BY_EACH)
        for _round in range(rounds)
        for chosen in cases.values()
        for side in sides
    ]
    database = str(connection.settings_dict["NAME"])
    connection.close()
    taken = adjust_at_once(shop, CLIENTS, database, turns)
    each = iter(seconds / (CLIENTS * BY_EACH) for seconds in taken)
    times = [[next(each) for _side in sides] for _case in range(rounds * len(cases))]
    for place, case in enumerate(cases):
        bare, *ours = (
            median(it) for it in zip(*times[place :: len(cases)], strict=True)
        )
        for side, seconds in zip(sides[1:], ours, strict=True):
            yield _row(f"{CLIENTS} clients on {case}, {side}", seconds, bare)


def _row(name: str, seconds: float, bare: float) -> Row:
    return {
        "name": name,
        "ratio": seconds / bare,
        "ms": seconds * MILLISECONDS,
        "bare_ms": bare * MILLISECONDS,
    }


def _check_ledger() -> None:
    """Raise AssertionError unless every adjustment is there and the books are true."""
    from products.models import Operation, StockMovement
    from products.reports.stock_check import check_stock

    adjusted = Operation.objects.filter(kind=Operation.Kind.STOCK_ADJUSTED)
    moved = StockMovement.objects.filter(operation__in=adjusted)
    problems = [*check_stock().problems]
    if problems or adjusted.count() != moved.count():
        raise AssertionError(problems or "An adjustment has no movement.")


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=int, nargs="?", default=PRODUCTS)
    parser.add_argument("--adjustments", type=int, default=ADJUSTMENTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.tests.settings")
    django.setup()
    _print(measure(options.products, options.adjustments, options.rounds))


def _print(rows: Sequence[Row]) -> None:
    for row in rows:
        sys.stdout.write(
            f"{row['engine']:<11}{row['name']:<42}{row['ms']:>7.2f} ms"
            f"{row['bare_ms']:>7.2f} ms raw{row['ratio']:>7.2f} ×"
            f" (at most {row['limit']:.0f})\n"
        )


if __name__ == "__main__":
    main()
