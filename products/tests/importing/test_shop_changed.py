"""What happens to a plan when the shop changes before it is applied."""

from decimal import Decimal

import pytest

from products.importing.runs import State
from products.models import Product
from products.tests.factories import adjust, make_product
from products.tests.importing.files import product
from products.tests.importing.jobs import applied, edit, planned, row

pytestmark = pytest.mark.django_db


def test_a_field_somebody_changed_is_shown_again():
    mug = make_product(sku="A", name="Mug", price=9)
    make_product(sku="B", name="Cup", price=9)
    run = planned("sku,price\nA,1\nB,2\n")
    edit(mug, price=Decimal(7))
    applied(run)
    assert (run.state, run.operation) == (State.PLANNED, None)
    assert (product("A").price, product("B").price) == (7, 9)
    changed = row(run, "A")
    assert (changed.is_different, changed.is_accepted) == (True, False)
    assert changed.plan["changes"] == [["price", "7.00", "1.00"]]
    assert not row(run, "B").is_different


def test_the_rest_can_be_applied_then():
    mug = make_product(sku="A", name="Mug", price=9)
    make_product(sku="B", name="Cup", price=9)
    run = planned("sku,price\nA,1\nB,2\n")
    edit(mug, price=Decimal(7))
    applied(applied(run))
    assert run.state == State.APPLIED
    assert (product("A").price, product("B").price) == (7, 2)


def test_what_was_not_ticked_stays_so():
    mug = make_product(sku="A", name="Mug", price=9)
    run = planned("sku,name,price\nA,Mug,1\nB,Cup,2\nC,Jug,3\n")
    run.rows.filter(sku="C").update(is_accepted=False)
    edit(mug, price=Decimal(7))
    applied(run)
    ticks = dict(run.rows.values_list("sku", "is_accepted"))
    assert ticks == {"A": False, "B": True, "C": False}


def test_a_sku_somebody_took_is_shown_as_a_change():
    run = planned()
    make_product(sku="a", name="Beaker")
    applied(run)
    taken = row(run, "a")
    assert (run.state, taken.outcome) == (State.PLANNED, "changed")
    assert (taken.is_different, taken.is_accepted) == (True, False)


def test_a_product_somebody_deleted_is_shown_as_new():
    mug = make_product(sku="A", name="Mug", price=9)
    run = planned("sku,name,price\nA,Mug,1\n")
    mug.delete()
    applied(run)
    assert row(run, "A").outcome == "new"
    assert not Product.objects.exists()


def test_planned_stock_stays_the_difference_it_was():
    mug = make_product(sku="A", name="Mug", price=1, stock=9)
    cup = make_product(sku="B", name="Cup", price=9)
    run = planned(sets_stock=True)
    adjust(mug, -2)
    edit(cup, price=Decimal(7))
    applied(run)
    assert row(run, "A").plan["stock"][0][1:] == [7, -4]
    assert not row(run, "A").is_different


def test_stock_that_is_gone_is_refused_with_the_reason():
    mug = make_product(sku="A", name="Mug", price=1, stock=9)
    run = planned(sets_stock=True)
    adjust(mug, -8)
    applied(run)
    assert (run.state, run.refused_count) == (State.PLANNED, 1)
    assert "Only 1 are available now" in run.findings.get().reason
    assert product("A").on_hand == 1
