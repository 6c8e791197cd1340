"""Many products are changed while others sell them, or change them too."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections

from products.models import BulkRun, Operation, Product, StockMovement
from products.reports.stock_check import check_stock
from products.services import bulk
from products.services.bulk import PlanOutdated, change_in_bulk, preview_bulk
from products.services.bulk_fields import Archiving
from products.services.bulk_plans import Change, Plan, make_plan
from products.services.bulk_stock import Adjusting
from products.services.operations import Once
from products.services.stock import Mode, issue_stock
from products.tests.concurrency.racing import PATIENCE, begin_deferred, race
from products.tests.factories import by, make_product, place_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

SHOWN = 8  # units of each that the plan promises


def counting(product: Product) -> Change:
    return Adjusting(
        mode=Mode.COUNT,
        amount=SHOWN,
        location_id=place_of(product).location_id,
        reason=StockMovement.Kind.CORRECTION,
    )


def promised(answer: object) -> bool:
    """Say whether what was posted is what was shown."""
    assert isinstance(answer, Operation), answer
    return {row.balance_after for row in answer.movements.all()} == {SHOWN}


def test_what_was_shown_is_posted_or_nothing_is() -> None:
    products = [make_product(stock=5) for _ in range(4)]
    ids, change = [each.pk for each in products], counting(products[0])
    plan = preview_bulk(change=change, product_ids=ids)

    def one(number: int) -> Operation:
        if number:
            place = place_of(products[number % len(products)])
            return issue_stock(place=place, quantity=1, circumstances=by())
        return change_in_bulk(
            change=change, product_ids=ids, seen=plan.digest, circumstances=by()
        )

    answers = race(one, 7)
    assert isinstance(answers[0], PlanOutdated) or promised(answers[0]), answers
    assert {type(answer) for answer in answers[1:]} == {Operation}
    assert check_stock().ok


def test_twin_without_the_lock_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sold between the plan and the posting makes another number."""
    product = make_product(stock=5)
    change = counting(product)
    shown = preview_bulk(change=change, product_ids=[product.pk])
    planned, sold = threading.Event(), threading.Event()

    def plan_slowly(*args: Any) -> Plan:
        plan = make_plan(*args)
        planned.set()
        sold.wait(PATIENCE)
        return plan

    def one(number: int) -> Operation:
        if number == 0:
            return change_in_bulk(
                change=change,
                product_ids=[product.pk],
                seen=shown.digest,
                circumstances=by(),
            )
        planned.wait(PATIENCE)
        try:
            return issue_stock(place=place_of(product), quantity=1, circumstances=by())
        finally:
            sold.set()

    monkeypatch.setattr(bulk, "lock_stock", lambda _ids: set())
    monkeypatch.setattr(bulk, "make_plan", plan_slowly)
    if connection.vendor == "sqlite":  # there the lock is how a transaction begins
        wrapper = type(connections["default"])
        monkeypatch.setattr(
            wrapper, "_start_transaction_under_autocommit", begin_deferred
        )
    answer = race(one, 2)[0]
    assert isinstance(answer, DatabaseError) or not promised(answer), answer


def archive(products: list[Product], keys: list[str]) -> list[Any]:
    """Let as many people as there are keys archive the same, each having seen it."""
    ids = [product.pk for product in products]
    plan = preview_bulk(change=Archiving(), product_ids=ids)

    def one(number: int) -> Operation:
        once = Once(keys[number], {"seen": plan.digest})
        return change_in_bulk(
            change=Archiving(),
            product_ids=ids,
            seen=plan.digest,
            circumstances=by(once=once),
        )

    return race(one, len(keys))


def test_of_two_people_one_is_shown_it_again() -> None:
    products = [make_product() for _ in range(3)]
    answers = archive(products, ["bulk-a", "bulk-b"])
    kinds = Counter(map(type, answers))
    assert kinds == {Operation: 1, PlanOutdated: 1}, answers
    assert BulkRun.objects.get().product_count == 3
    assert set(Product.objects.values_list("version", flat=True)) == {2}


def test_a_double_click_is_one_operation() -> None:
    answers = archive([make_product(), make_product()], ["bulk-c"] * 3)
    assert {answer.pk for answer in answers} == {BulkRun.objects.get().operation_id}
