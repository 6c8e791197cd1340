"""services.editing: one editor, two editors, and the count that somebody saw."""

from decimal import Decimal

import pytest

from products.errors import (
    EditConflict,
    FieldRefused,
    InsufficientStock,
    InvalidLine,
    NothingToPost,
    ProductGone,
)
from products.models import Location, Product, StockLevel, StockMovement
from products.services.deleting import delete_product
from products.services.editing import Recount, update_product
from products.services.undo import undo_operation
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
    reload,
)

pytestmark = pytest.mark.django_db


def edit(product, *, who="Mine", seen=None, recount=None, overrule=(), **changes):
    return update_product(
        product_id=product.pk,
        changes=changes,
        seen_version=seen or product.version,
        recount=recount,
        overrule=overrule,
        circumstances=by(who),
    )


def recount(seen, wanted, **how):
    return Recount(Location.objects.get_default().pk, seen, wanted, **how)


class TestOneEditor:
    def test_only_what_changed_is_in_the_trail(self):
        product = make_product(name="Mug", price=Decimal(9))
        edit(product, name="Cup", price=Decimal(9))
        change = product.changes.first()
        assert change.before == {"name": "Mug", "version": 1}
        assert change.after == {"name": "Cup", "version": 2}
        assert reload(product).name == "Cup"

    def test_search_and_key_follow(self):
        product = make_product(sku="OLD")
        edit(product, sku="NEW-9")
        fresh = reload(product)
        assert fresh.sku_key == "new-9"
        assert list(type(product).objects.search("new")) == [fresh]

    def test_nothing_changed(self):
        product = make_product(name="Mug")
        with pytest.raises(NothingToPost):
            edit(product, name="Mug")

    def test_taken_sku(self):
        make_product(sku="A")
        with pytest.raises(FieldRefused):
            edit(make_product(sku="B"), sku="a")

    def test_deleted_meanwhile(self):
        product = make_product()
        product.delete()
        product.pk = 999
        with pytest.raises(ProductGone):
            edit(product, name="x")

    def test_stock_without_value_gets_one_when_the_cost_becomes_known(self):
        product = make_product(stock=4)
        edit(product, cost=Decimal("2.5"))
        assert StockLevel.objects.get().value == 10
        assert product.movements.first().kind == "revalued"

    @pytest.mark.parametrize("wanted", [1, 6])
    def test_first_cost_and_a_recount_in_one_edit(self, wanted):
        product = make_product(stock=4)
        edit(product, cost=Decimal(2), recount=recount(seen=4, wanted=wanted))
        assert StockLevel.objects.get().value == 2 * wanted

    def test_known_value_keeps_its_average(self):
        product = make_product(stock=4, cost=Decimal(2))
        edit(product, cost=Decimal(3))
        assert StockLevel.objects.get().value == 8

    def test_value_that_came_with_a_delivery_keeps_its_average(self):
        product = make_product()
        receive(product, 4, cost="3")
        Product.objects.update(cost=None)
        edit(reload(product), cost=Decimal(5))
        assert StockLevel.objects.get().value == 12

    def test_what_is_on_the_way_is_valued_when_it_arrives(self):
        product = make_product(stock=4)
        van = make_location("VAN", "Van", kind="transit")
        receive(product, 3, location=van)
        edit(product, cost=Decimal(2))
        values = product.levels.order_by("-on_hand").values_list("value", flat=True)
        assert list(values) == [8, 0]


class TestTwoEditors:
    def test_different_fields_merge(self):
        product = make_product(name="Mug", supplier_name="Old")
        edit(product, who="Jonas", supplier_name="New")
        answer = edit(product, seen=1, name="Cup")
        fresh = reload(product)
        assert (fresh.name, fresh.supplier_name) == ("Cup", "New")
        assert {name: who for name, (who, _at) in answer.merged.items()} == {
            "supplier_name": "Jonas"
        }

    def test_same_field_asks_with_both_values(self):
        product = make_product(price=Decimal("14.90"))
        edit(product, who="Jonas", price=Decimal("16.50"))
        with pytest.raises(EditConflict) as caught:
            edit(product, seen=1, price=Decimal("15.90"))
        conflict = caught.value.conflicts[0]
        assert (conflict.seen, conflict.theirs, conflict.mine, conflict.by) == (
            "14.90",
            "16.50",
            "15.90",
            "Jonas",
        )
        assert reload(product).price == Decimal("16.50")

    def test_what_was_seen_reaches_over_several_edits(self):
        product = make_product(name="One")
        edit(product, who="Ada", name="Two")
        edit(product, who="Jonas", seen=2, name="Three")
        with pytest.raises(EditConflict) as caught:
            edit(product, seen=1, name="Mine")
        conflict = caught.value.conflicts[0]
        assert (conflict.seen, conflict.theirs, conflict.by) == (
            "One",
            "Three",
            "Jonas",
        )

    def test_what_was_seen_reaches_over_a_deletion_that_was_undone(self):
        product = make_product(name="Mug", price=Decimal(14))
        edit(product, price=Decimal(16), who="Jonas")
        gone = delete_product(product_id=product.pk, circumstances=by())
        undo_operation(operation_id=gone.pk, circumstances=by())
        with pytest.raises(EditConflict) as caught:
            edit(product, seen=1, price=Decimal(15), name="Cup")
        (conflict,) = caught.value.conflicts
        assert (conflict.field, conflict.seen, conflict.by) == (
            "price",
            "14.00",
            "Jonas",
        )

    def test_an_undone_deletion_alone_changed_nothing(self):
        product = make_product(name="Mug")
        gone = delete_product(product_id=product.pk, circumstances=by())
        undo_operation(operation_id=gone.pk, circumstances=by())
        assert edit(product, seen=1, name="Cup").merged == {}

    def test_the_person_may_overrule(self):
        product = make_product(price=Decimal(14))
        edit(product, price=Decimal(16))
        edit(product, seen=1, price=Decimal(15), overrule={"price"})
        assert reload(product).price == 15

    def test_both_chose_the_same(self):
        product = make_product(name="Mug", price=Decimal(14))
        edit(product, price=Decimal(16))
        edit(product, seen=1, price=Decimal(16), name="Cup")
        assert reload(product).name == "Cup"


class TestQuantity:
    def test_a_sale_in_between_is_not_erased(self):
        product = make_product(stock=140)
        adjust(product, -10)
        edit(product, recount=recount(seen=140, wanted=138))
        assert reload(product).on_hand == 128

    def test_reason_of_the_other_direction(self):
        product = make_product(stock=5)
        with pytest.raises(InvalidLine, match="takes stock away"):
            edit(product, recount=recount(5, 6, kind=StockMovement.Kind.SOLD))
        assert reload(product).on_hand == 5

    def test_more_than_there_is_now(self):
        product = make_product(stock=5)
        adjust(product, -4)
        with pytest.raises(InsufficientStock):
            edit(product, name="x", recount=recount(seen=5, wanted=0))
        assert reload(product).name == product.name
