"""Killed in the middle: nothing half written, and nothing lost that was confirmed."""

import select
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from products.importing.runs import State
from products.importing.tasks import start_again
from products.models import ImportRun, Operation, Product, StockMovement
from products.reports.stock_check import check_stock
from products.services.locking import lock_products
from products.tests.concurrency.racing import PATIENCE
from products.tests.factories import make_product, place_of, reload
from products.tests.importing.files import TESS
from products.tests.importing.jobs import applied, planned

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]
WRITERS = 8
CONFIRMED = 5  # sales of each writer before it dies

Process = subprocess.Popen[str]


@contextmanager
def processes(*calls: list[str]) -> Iterator[list[Process]]:
    """Start one process per call, and leave none behind."""
    module = [sys.executable, "-m", "products.tests.concurrency.killed"]
    database = str(connection.settings_dict["NAME"])
    running = [
        subprocess.Popen(
            [*module, database, *call],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for call in calls
    ]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.communicate()


def read(process: Process) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go_on(running: list[Process]) -> None:
    """Let everybody sell, until somebody has."""
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert select.select([process.stdout for process in running], [], [], PATIENCE)[0]


def rest_of(process: Process) -> list[str]:
    """Return what a dead process had said besides; communicate() skips the buffer."""
    assert process.stdout is not None
    return process.stdout.read().split()


def test_eight_writers() -> None:
    product = make_product(stock=100_000)
    place = place_of(product)
    name = uuid.uuid4().hex
    selling = ["sell", str(place.product_id), str(place.location_id)]
    calls = [
        [*selling, f"{name}-{number}", str(CONFIRMED)] for number in range(WRITERS)
    ]
    confirmed: set[str] = set()
    with processes(*calls) as running:
        for process in running:
            confirmed.update(read(process) for _sale in range(CONFIRMED))
        go_on(running)
        for process in running:
            process.kill()
        for process in running:
            confirmed.update(rest_of(process))
    # A server may still be at the last word of a dead client: the lock waits for it.
    with transaction.atomic():
        lock_products([product.pk])
        made = Operation.objects.filter(idempotency_key__in=confirmed)
        known = set(made.values_list("idempotency_key", flat=True))
        sold = product.movements.filter(kind="sold").count()
    assert len(confirmed) >= WRITERS * CONFIRMED
    assert known == confirmed
    # One that was committed may have had no time to say so.
    assert len(confirmed) <= sold <= len(confirmed) + WRITERS
    assert reload(product).on_hand == 100_000 - sold
    assert check_stock().ok


def test_import(tmp_path: Path) -> None:
    before = make_product(stock=3)
    file = tmp_path / "catalogue.csv"
    rows = "".join(f"SKU-A{number},Mug {number},4.50,7\n" for number in range(500))
    file.write_text("sku,name,price,on_hand\n" + rows)
    with processes(["import", str(file)]) as (process,):
        assert read(process) == "half"
        process.kill()
        process.wait()
    assert list(Product.objects.all()) == [before]
    assert StockMovement.objects.count() == 1
    assert not ImportRun.objects.filter(operation__isnull=False).exists()
    assert check_stock().ok
    make_product(sku="SKU-A1", stock=1)  # no lock was left behind


def test_apply_on_the_site() -> None:
    before = make_product(stock=3)
    rows = "".join(f"SKU-A{number},Mug {number},4.50,7\n" for number in range(500))
    run = planned("sku,name,price,on_hand\n" + rows)
    ImportRun.objects.filter(pk=run.pk).update(state=State.QUEUED)
    with processes(["apply", str(run.pk)]) as (process,):
        assert read(process) == "half"
        process.kill()
        process.wait()
    assert list(Product.objects.all()) == [before]
    assert check_stock().ok
    # Its page finds out that nobody works on it, and goes on where it was.
    an_hour_ago = timezone.now() - timedelta(hours=1)
    ImportRun.objects.filter(pk=run.pk).update(alive_at=an_hour_ago)
    run.refresh_from_db()
    assert run.state == State.APPLYING
    assert start_again(run, TESS)
    assert run.state == State.APPLIED
    assert Product.objects.count() == 501
    assert not start_again(run, TESS)
    assert check_stock().ok


def test_undo_on_the_site() -> None:
    rows = "".join(f"SKU-A{number},Mug {number},4.50,7\n" for number in range(500))
    run = applied(planned("sku,name,price,on_hand\n" + rows))
    ImportRun.objects.filter(pk=run.pk).update(state=State.TO_UNDO)
    with processes(["undo", str(run.pk)]) as (process,):
        assert read(process) == "half"
        process.kill()
        process.wait()
    assert Product.objects.filter(on_hand=7).count() == 500
    assert not Operation.objects.filter(reverses=run.operation).exists()
    assert check_stock().ok
    an_hour_ago = timezone.now() - timedelta(hours=1)
    ImportRun.objects.filter(pk=run.pk).update(alive_at=an_hour_ago)
    run.refresh_from_db()
    assert run.state == State.UNDOING
    assert start_again(run, TESS)
    assert run.state == State.APPLIED
    assert Operation.objects.filter(reverses=run.operation).count() == 1
    assert not Product.objects.exists()
    assert not start_again(run, TESS)
    assert check_stock().ok
