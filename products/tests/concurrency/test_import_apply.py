"""One plan applied from two tabs, and two plans of two people, at the same moment."""

import threading

import pytest

from products.importing import tasks
from products.importing.runs import State
from products.importing.tasks import start_applying
from products.models import ImportRun, Operation, Product
from products.reports.stock_check import check_stock
from products.tests.concurrency.racing import PATIENCE, race
from products.tests.factories import adjust, make_product, reload
from products.tests.importing.files import TESS
from products.tests.importing.jobs import planned

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

TEXT = "sku,name,on_hand\n" + "".join(f"A{n},Mug,3\n" for n in range(20))
TABS = 3


def imports() -> int:
    return Operation.objects.filter(kind=Operation.Kind.IMPORTED).count()


def apply(pk: int) -> bool:
    return start_applying(ImportRun.objects.get(pk=pk), TESS)


def test_one_plan_from_several_tabs_is_applied_once():
    run = planned(TEXT)
    answers = race(lambda _n: apply(run.pk), TABS)
    assert sorted(answers) == [False, False, True]
    run.refresh_from_db()
    assert (run.state, imports(), Product.objects.count()) == (State.APPLIED, 1, 20)


def test_twin_that_claims_nothing_answers_everybody(monkeypatch):
    """Without the claim all tabs go on; the key of the operation still holds."""
    run = planned(TEXT)
    together = threading.Barrier(TABS)

    def claim_nothing(found, *_states, to):
        together.wait(PATIENCE)
        ImportRun.objects.filter(pk=found.pk).update(state=to)
        return True

    monkeypatch.setattr(tasks, "claim", claim_nothing)
    answers = race(lambda _n: apply(run.pk), TABS)
    assert answers.count(True) > 1
    assert (imports(), Product.objects.count()) == (1, 20)


def test_two_plans_for_the_same_products():
    runs = [planned(TEXT), planned(TEXT)]
    race(lambda n: apply(runs[n].pk), 2)
    states = sorted(ImportRun.objects.values_list("state", flat=True))
    # The later one is planned anew, and shows its rows as changes of nothing.
    assert states in (["applied", "applied"], ["applied", "planned"])
    assert (imports(), Product.objects.count()) == (1, 20)
    assert check_stock().ok


def test_sales_go_on_while_stock_is_imported():
    mug = make_product(sku="A0", name="Mug", stock=50)
    run = planned("sku,on_hand\nA0,30\n", sets_stock=True)

    def work(number: int) -> object:
        return apply(run.pk) if number == 0 else adjust(mug, -1)

    race(work, 6)
    run.refresh_from_db()
    assert run.state == State.APPLIED
    assert reload(mug).on_hand == 50 - 20 - 5
    assert check_stock().ok
