"""services.bulk: limits, the digest, and what stays as it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from products.errors import NothingToPost
from products.models import BulkRun, Operation, Product, StockMovement
from products.reports.stock_check import check_stock
from products.services import bulk
from products.services.bulk import (
    PlanOutdated,
    SomeRefused,
    TooMany,
    change_in_bulk,
    preview_bulk,
)
from products.services.bulk_fields import Activating, Archiving, Categorising
from products.services.bulk_plans import Change
from products.services.bulk_stock import Adjusting
from products.services.reservations import Wanted, hold_stock
from products.services.stock import Mode
from products.services.undo import undo_operation
from products.tests.factories import (
    add_many,
    adjust,
    by,
    make_category,
    make_product,
    place_of,
    reload,
)

pytestmark = pytest.mark.django_db


def adjusting(product: Product, mode: Mode, amount: int) -> Change:
    return Adjusting(
        mode=mode,
        amount=amount,
        location_id=place_of(product).location_id,
        reason=StockMovement.Kind.CORRECTION,
    )


def do(change: Change, *products: Product, **more: Any) -> Operation:
    ids = [product.pk for product in products]
    seen = preview_bulk(change=change, product_ids=ids).digest
    return change_in_bulk(
        change=change, product_ids=ids, seen=seen, circumstances=by(), **more
    )


def test_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    ids = [make_product().pk for _ in range(3)]
    with pytest.raises(TooMany, match="At most 2 products"):
        preview_bulk(change=Archiving(), product_ids=ids)
    with pytest.raises(TooMany):
        change_in_bulk(change=Archiving(), product_ids=ids, circumstances=by())
    assert Product.objects.listed().count() == 3


@pytest.mark.parametrize("name", ["another name", "sku"])
def test_a_name_is_no_part_of_what_was_seen(name: str) -> None:
    product = make_product()
    plan = preview_bulk(change=Archiving(), product_ids=[product.pk])
    Product.objects.filter(pk=product.pk).update(name=name)
    after = preview_bulk(change=Archiving(), product_ids=[product.pk])
    assert after.digest == plan.digest


def test_what_becomes_of_it_is() -> None:
    product = make_product(stock=5)
    changes = [
        Archiving(),
        Activating(),
        Categorising(None),
        Categorising(make_category()),
        *(adjusting(product, mode, n) for mode in Mode for n in (1, 2)),
    ]
    plans = [preview_bulk(change=each, product_ids=[product.pk]) for each in changes]
    assert len({plan.digest for plan in plans}) == len(changes)


def test_held_meanwhile_is_another_plan() -> None:
    product = make_product(stock=5)
    change = adjusting(product, Mode.TAKE, 1)
    seen = preview_bulk(change=change, product_ids=[product.pk]).digest
    hold_stock(wanted=[Wanted(product.pk, 2)], circumstances=by())
    with pytest.raises(PlanOutdated):
        change_in_bulk(
            change=change, product_ids=[product.pk], seen=seen, circumstances=by()
        )


def test_a_hold_whose_time_is_up_lets_go() -> None:
    product = make_product(stock=5)
    hold_stock(
        wanted=[Wanted(product.pk, 5)],
        circumstances=by(now=timezone.now() - timedelta(days=2)),
        expires_at=timezone.now() - timedelta(days=1),
    )
    do(adjusting(product, Mode.TAKE, 5), product)
    assert reload(product).on_hand == 0
    assert check_stock().ok


def test_refused_ones_stop_all_of_it_unless_they_are_left_out() -> None:
    short, full = make_product(), make_product(stock=5)
    change = adjusting(full, Mode.TAKE, 2)
    with pytest.raises(SomeRefused, match="1 product can't be changed"):
        do(change, short, full)
    assert reload(full).on_hand == 5
    operation = do(change, short, full, leaves_out=True)
    assert operation.movements.get().delta == -2
    assert BulkRun.objects.get().product_count == 1


def test_nothing_left_to_do() -> None:
    product = make_product(stock=5)
    with pytest.raises(NothingToPost, match="That many are there already"):
        do(adjusting(product, Mode.COUNT, 5), product)
    with pytest.raises(NothingToPost):
        do(Categorising(None), product)
    assert not BulkRun.objects.exists()


def test_value_follows_the_average() -> None:
    product = make_product(stock=4, cost="2.50")
    (item,) = preview_bulk(
        change=adjusting(product, Mode.TAKE, 4), product_ids=[product.pk]
    ).changing
    assert item.value == -10
    operation = do(adjusting(product, Mode.TAKE, 4), product)
    assert operation.movements.get().value_delta == item.value


def test_an_undone_adjustment_can_be_undone_again() -> None:
    first, second = make_product(stock=5), make_product(stock=5)
    operation = do(adjusting(first, Mode.ADD, 3), first, second)
    adjust(second, -8)
    undoing = undo_operation(operation_id=operation.pk, circumstances=by())
    assert undoing.import_undo.restored_count == 1
    assert undoing.import_undo.rows.get().product == second
    undo_operation(operation_id=undoing.pk, circumstances=by())
    assert (reload(first).on_hand, reload(second).on_hand) == (8, 0)
    assert check_stock().ok


@pytest.mark.parametrize("kind", ["archive", "category", "adjust"])
def test_queries_grow_by_the_thousand_only(kind: str) -> None:
    add_many(60)
    products = list(Product.objects.order_by("pk"))
    counts = []
    for part in (products[:20], products[20:]):
        change = {
            "archive": Archiving(),
            "category": Categorising(make_category(f"{len(part)}")),
            "adjust": adjusting(part[0], Mode.ADD, 1),
        }[kind]
        with CaptureQueriesContext(connection) as context:
            do(change, *part)
        counts.append(len(context))
    assert abs(counts[0] - counts[1]) <= 2  # parameters of a statement, on SQLite
