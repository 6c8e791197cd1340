"""One file from two people at the same moment, and one form sent twice."""

from collections import Counter

import pytest

from products.importing import run as run_module
from products.importing.planning import Planner
from products.importing.run import ImportOutcome, ShopChanged
from products.models import ImportRun, Operation, Product
from products.tests.concurrency.racing import finish_first_plans_together, race
from products.tests.importing.files import import_text

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrency,
]

TEXT = "sku,name,category,brand,group,option1,on_hand\n" + "".join(
    f"A{n},Mug,Kitchen > Mugs,Bølge,mug,{n},3\n" for n in range(20)
)
RUNNERS = 3


@pytest.fixture
def plan_together(monkeypatch):
    """Let everybody finish the first plan before anybody writes."""
    finish_first_plans_together(monkeypatch, Planner, RUNNERS)


def imports() -> int:
    return Operation.objects.filter(kind=Operation.Kind.IMPORTED).count()


def test_one_file_from_several_people_comes_in_once(plan_together):
    answers = race(lambda _n: import_text(TEXT), RUNNERS)
    assert all(isinstance(answer, ImportOutcome) for answer in answers), answers
    created = Counter(answer.run.created_count for answer in answers)
    assert created == {20: 1, 0: RUNNERS - 1}
    assert Product.objects.count() == 20
    assert imports() == 1


def test_twin_that_does_not_plan_anew_is_stopped(plan_together, monkeypatch):
    monkeypatch.setattr(run_module, "ATTEMPTS", 1)
    answers = race(lambda _n: import_text(TEXT), RUNNERS)
    kinds = Counter(type(answer) for answer in answers)
    assert kinds == {ImportOutcome: 1, ShopChanged: RUNNERS - 1}
    assert Product.objects.count() == 20


def test_one_form_sent_several_times_is_one_import(plan_together):
    answers = race(lambda _n: import_text(TEXT, key="the form"), RUNNERS)
    assert all(isinstance(answer, ImportOutcome) for answer in answers), answers
    assert len({answer.run.pk for answer in answers}) == 1
    assert ImportRun.objects.count() == imports() == 1
