import pytest
from django.db.models import Q

from products.importing.tasks import start_applying
from products.importing.ticking import tick, ticked_counts
from products.models import ImportRow, ImportRun, Product
from products.tests.factories import make_product
from products.tests.importing.files import TESS, plan_text

TEXT = "sku,name,price\nA,Mug,1\nB,Cup,2\nOLD,Jug,3\nSAME,Pot,4\nBAD,Pan,x\n"
NEW, CHANGED = ImportRow.Outcome.NEW, ImportRow.Outcome.CHANGED


@pytest.fixture
def run(db):
    make_product(sku="OLD", name="Jug", price=1)
    make_product(sku="SAME", name="Pot", price=4)
    return plan_text(TEXT)


def ticked(run):
    rows = run.rows.filter(is_accepted=True).exclude(outcome="unchanged")
    return list(rows.values_list("sku", flat=True))


def stored_counts(run):
    return ticked_counts(ImportRun.objects.get(pk=run.pk))


def test_a_plan_begins_with_every_row_ticked(run):
    assert ticked(run) == ["A", "B", "OLD"]
    assert stored_counts(run) == {NEW: 2, CHANGED: 1}


def test_figures_follow_the_ticks(run):
    assert tick(run, {True: Q(sku="A"), False: Q(sku__in=["B", "OLD"])})
    assert ticked(run) == ["A"]
    assert stored_counts(run) == {NEW: 1, CHANGED: 0}
    assert tick(run, {True: Q()})
    assert stored_counts(run) == {NEW: 2, CHANGED: 1}


def test_the_same_tick_twice_counts_once(run):
    for _time in range(2):
        tick(run, {False: Q(sku="A")})
    assert stored_counts(run) == {NEW: 1, CHANGED: 1}


def test_what_does_nothing_has_no_tick(run):
    tick(run, {True: Q()})
    assert not run.rows.get(outcome="refused").is_accepted
    tick(run, {False: Q()})
    assert run.rows.get(outcome="unchanged").is_accepted


def test_other_imports_are_left_alone(run):
    other = plan_text("sku,name\nC,Bowl\n")
    tick(run, {False: Q()})
    assert ticked(other) == ["C"]


def test_what_is_not_ticked_is_not_applied(run):
    tick(run, {False: Q(sku__in=["A", "OLD"])})
    start_applying(run, TESS)
    assert set(Product.objects.values_list("sku", flat=True)) == {"B", "OLD", "SAME"}
    assert Product.objects.get(sku="OLD").price == 1


def test_an_applied_run_keeps_its_ticks(run):
    start_applying(run, TESS)
    assert not tick(run, {False: Q()})
    assert stored_counts(run) == {NEW: 2, CHANGED: 1}


def test_a_plan_made_anew_counts_what_was_left_out(run):
    tick(run, {False: Q(sku="A")})
    Product.objects.filter(sku="OLD").update(price=2, version=7)
    start_applying(run, TESS)
    run = ImportRun.objects.get(pk=run.pk)
    assert run.state == "planned"
    assert run.report["different"] == 1
    assert ticked_counts(run) == {NEW: 1, CHANGED: 0}
