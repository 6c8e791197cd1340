"""The same orders from several people at once: each line is sold once."""

import threading
from collections import Counter

import pytest

from products.importing import order_lines
from products.importing import run as run_module
from products.importing.order_planning import OrderPlanner
from products.importing.run import ImportOutcome, ShopChanged
from products.models import OrderLine, Product
from products.reports.stock_check import check_stock
from products.tests.concurrency.racing import (
    finish_first_plans_together,
    race,
)
from products.tests.factories import make_product
from products.tests.importing.files import import_text
from products.tests.importing.order_files import line, order, text_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

SKUS = [f"SKU{n}" for n in range(10)]
ORDERS = [order(f"#{n}", *(line(sku, 2) for sku in SKUS)) for n in range(5)]
RUNNERS = 3


@pytest.fixture
def plan_together(monkeypatch):
    """Let everybody finish the first plan before anybody writes."""
    for sku in SKUS:
        make_product(sku=sku, stock=100)
    finish_first_plans_together(monkeypatch, OrderPlanner, RUNNERS)


def stock() -> set[int]:
    return set(Product.objects.values_list("on_hand", flat=True))


def test_one_file_from_several_people_is_sold_once(plan_together):
    answers = race(lambda _n: import_text(text_of(*ORDERS)), RUNNERS)
    assert all(isinstance(answer, ImportOutcome) for answer in answers), answers
    created = Counter(answer.run.created_count for answer in answers)
    assert created == {50: 1, 0: RUNNERS - 1}
    assert stock() == {90}
    assert OrderLine.objects.count() == 50
    assert check_stock().ok


def test_exports_that_overlap_are_sold_once(plan_together):
    files = [text_of(*ORDERS[first : first + 3]) for first in range(RUNNERS)]
    answers = race(lambda n: import_text(files[n]), RUNNERS)
    assert all(isinstance(answer, ImportOutcome) for answer in answers), answers
    assert sum(answer.run.created_count for answer in answers) == 50
    assert stock() == {90}


def test_twin_that_does_not_plan_anew_is_stopped(plan_together, monkeypatch):
    monkeypatch.setattr(run_module, "ATTEMPTS", 1)
    answers = race(lambda _n: import_text(text_of(*ORDERS)), RUNNERS)
    kinds = Counter(type(answer) for answer in answers)
    assert kinds == {ImportOutcome: 1, ShopChanged: RUNNERS - 1}
    assert stock() == {90}


def test_twin_in_which_everybody_has_keys_of_their_own_goes_wrong(
    plan_together, monkeypatch
):
    plain_key = order_lines.order_line_key

    def own_key(name, *args):
        return plain_key(f"{threading.get_ident()} {name}", *args)

    monkeypatch.setattr(order_lines, "order_line_key", own_key)
    race(lambda _n: import_text(text_of(*ORDERS)), RUNNERS)
    assert stock() == {100 - 10 * RUNNERS}
