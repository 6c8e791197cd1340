"""An import is undone while others sell what it brought: nothing is counted twice."""

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from products.errors import InsufficientStock, ProductGone
from products.models import Operation, Product, StockLevel
from products.reports.stock_check import check_stock
from products.services import undo_import
from products.services.stock import issue_stock
from products.services.undo_judging import Judge
from products.services.undo_verdicts import Verdict
from products.tests.concurrency.racing import PATIENCE, race
from products.tests.factories import by, make_product, place_of
from products.tests.importing.files import product
from products.tests.undoing import imported, undo

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

SELLERS = 6


def sell(which: Product) -> Operation:
    return issue_stock(place=place_of(which), quantity=1, circumstances=by())


def against_sellers(operation: Operation, which: Product) -> list[Any]:
    """One undoes the import, the others sell a piece each."""
    return race(
        lambda number: undo(operation) if number == 0 else sell(which), SELLERS + 1
    )


def test_stock_it_brought_is_taken_back_whole_or_not_at_all() -> None:
    mug = make_product(sku="A", name="Mug", stock=2)
    operation = imported("sku,name,on_hand\nA,Cup,8\n", sets_stock=True)
    answers = against_sellers(operation, mug)
    undoing, sold = answers[0], answers[1:]
    assert isinstance(undoing, Operation), undoing
    kinds = Counter(map(type, sold))
    taken_back = sum(undoing.movements.values_list("delta", flat=True))
    assert taken_back in {0, -6}
    assert StockLevel.objects.get().on_hand == 8 + taken_back - kinds[Operation]
    assert set(kinds) <= {Operation, InsufficientStock}
    assert undoing.import_undo.impossible_count == (taken_back == 0)
    assert Product.objects.get().name == "Mug"
    assert check_stock().ok


def test_an_added_product_goes_unsold_or_stays_whole() -> None:
    operation = imported("sku,name,on_hand\nA,Mug,9\nB,Cup,1\n")
    mug = product("A")
    answers = against_sellers(operation, mug)
    undoing, sold = answers[0], answers[1:]
    assert isinstance(undoing, Operation), undoing
    kinds = Counter(map(type, sold))
    assert set(kinds) <= {Operation, ProductGone}
    is_there = Product.objects.filter(pk=mug.pk).exists()
    assert is_there is bool(kinds[Operation])
    if is_there:
        assert kinds == {Operation: SELLERS}
        assert undoing.import_undo.rows.get().sku == "A"
    assert check_stock().ok


def test_twin_without_the_lock_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sold between the judgement and the deed is not there to be taken."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer, and no row to wait for")
    operation = imported("sku,name,on_hand\nA,Mug,9\n")
    mug = product("A")
    judged, sold = threading.Event(), threading.Event()

    class Hasty(Judge):
        def verdicts(self) -> Iterator[list[Verdict]]:
            verdicts = list(super().verdicts())
            judged.set()
            sold.wait(PATIENCE)
            yield from verdicts

    def one(number: int) -> Operation:
        if number == 0:
            return undo(operation)
        judged.wait(PATIENCE)
        try:
            return sell(mug)
        finally:
            sold.set()

    monkeypatch.setattr(undo_import, "lock_stock", lambda _ids: set())
    monkeypatch.setattr(undo_import, "Judge", Hasty)
    answers = race(one, 2)
    assert isinstance(answers[0], InsufficientStock), answers
