"""Real threads against the configured database, and what each of them got."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from products.models import Operation, Product, StockLevel
from products.services import levels, operations

PATIENCE = 30  # seconds until a barrier gives up; a race that hangs fails


def race(job: Callable[[int], Any], runners: int) -> list[Any]:
    """Run `job(number)` in `runners` threads at once; return results or exceptions."""
    start = threading.Barrier(runners)
    answers: list[Any] = [None] * runners

    def run(number: int) -> None:
        try:
            start.wait(PATIENCE)
            answers[number] = job(number)
        except Exception as error:  # noqa: BLE001 - the test looks at every kind
            answers[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 2)
    return answers


def finish_first_plans_together(
    monkeypatch: pytest.MonkeyPatch, planner: type, runners: int
) -> None:
    """Let all `runners` finish their first plan of an import before anybody writes."""
    together = threading.Barrier(runners)
    met = threading.local()
    plain_finish = planner.finish

    def finish(each: Any) -> Any:
        plan = plain_finish(each)
        if not hasattr(met, "once"):
            met.once = True
            together.wait(PATIENCE)
        return plan

    monkeypatch.setattr(planner, "finish", finish)


def take_the_lock_out(monkeypatch: pytest.MonkeyPatch, runners: int) -> None:
    """Let all `runners` read before any of them writes.

    On SQLite the lock is the IMMEDIATE transaction, so the twin begins a deferred one
    with a read; elsewhere it is the row lock of the product.
    """
    together = threading.Barrier(runners)

    if connection.vendor == "sqlite":
        store = operations.insert_unless_taken

        def read_together_and_store(operation: Operation, key: str) -> bool:
            assert not Operation.objects.filter(pk=0).exists()
            together.wait(PATIENCE)
            return store(operation, key)

        monkeypatch.setattr(operations, "insert_unless_taken", read_together_and_store)
        wrapper = type(connections["default"])
        monkeypatch.setattr(
            wrapper, "_start_transaction_under_autocommit", begin_deferred
        )
        return

    def read_together(product_ids: Any, _cursor: Any) -> dict[Any, StockLevel]:
        rows = StockLevel.objects.filter(product_id__in=product_ids)
        found = {(level.product_id, level.location_id): level for level in rows}
        together.wait(PATIENCE)
        return found

    monkeypatch.setattr(levels, "lock_for_posting", read_products)
    monkeypatch.setattr(levels, "lock_levels", read_together)


def read_products(product_ids: Any, _cursor: Any) -> dict[int, Product]:
    """Read what `lock_for_posting` does, and lock nothing."""
    return Product.objects.in_bulk(product_ids)


def begin_deferred(wrapper: Any) -> None:
    wrapper.cursor().execute("BEGIN")
