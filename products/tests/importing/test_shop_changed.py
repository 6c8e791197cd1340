"""What happens to a plan when the shop changes before it is applied."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from products.importing.runs import State
from products.models import Location, Product
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


@pytest.mark.parametrize("taker", ["B,Cup,1", "C,Jug,1"])
def test_a_code_stays_where_the_row_that_frees_it_is_not_ticked(taker):
    make_product(sku="A", name="Mug", barcode="4006381333931")
    make_product(sku="B", name="Cup")
    text = f"sku,name,price,barcode\nA,Mug,1,\n{taker},4006381333931\n"
    run = planned(text)
    run.rows.filter(sku="A").update(is_accepted=False)
    applied(run)
    taking = row(run, taker[0])
    assert (run.state, taking.is_different) == (State.PLANNED, True)
    assert "barcode" not in taking.plan["values"]
    run.rows.filter(pk=taking.pk).update(is_accepted=True)
    applied(run)
    assert (run.state, product("A").barcode) == (State.APPLIED, "4006381333931")
    assert (product(taker[0]).barcode, product(taker[0]).price) == (None, 1)


def test_a_product_that_has_another_sku_now_is_not_what_the_row_names():
    mug = make_product(sku="A", name="Mug", price=9)
    run = planned("sku,name,price\nA,Mug,1\n")
    edit(mug, sku="B")
    applied(run)
    assert (run.state, product("B").price) == (State.PLANNED, 9)
    assert (row(run, "A").outcome, row(run, "A").is_accepted) == ("new", False)


def test_a_location_that_somebody_made_meanwhile_is_taken():
    first = planned("sku,name,on_hand:Loft\nA,Mug,3\n")
    second = planned("sku,name,on_hand:LOFT\nB,Mug,4\n")
    applied(first)
    applied(second)
    loft = Location.objects.get(code="LOFT")
    assert loft.levels.aggregate(units=Sum("on_hand"))["units"] == 7
    assert Location.objects.count() == 2
    assert not second.operation.made_references.exists()
