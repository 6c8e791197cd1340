"""services.undo_import: fields one by one, stock place by place."""

from decimal import Decimal

import pytest

from products.errors import CannotUndo
from products.models import (
    Brand,
    ImportUndo,
    Location,
    Operation,
    Product,
    StockLevel,
    StockMovement,
)
from products.reports.stock_check import check_stock
from products.services.deleting import delete_product
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import start_operation
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.importing.files import product
from products.tests.undoing import counts, edit, imported, left, shop_rows, undo

pytestmark = pytest.mark.django_db


class TestFields:
    @pytest.fixture
    def mug(self) -> Product:
        return make_product(sku="A", name="Mug", price=Decimal(1), supplier_name="Ada")

    def test_each_by_itself(self, mug: Product) -> None:
        operation = imported("sku,name,price\nA,Cup,2\n")
        edit(mug, price=Decimal(3))
        undoing = undo(operation)
        fresh = reload(mug)
        assert (fresh.name, fresh.price) == ("Mug", 3)
        assert left(undoing)["A"] == (
            "kept",
            ["“price” was changed again since."],
        )

    def test_what_has_its_old_value_already(self, mug: Product) -> None:
        operation = imported("sku,name,price\nA,Cup,2\n")
        edit(mug, price=Decimal(1))
        assert counts(undo(operation)) == (1, 0, 0)
        assert reload(mug).price == 1

    def test_barcodes_that_were_swapped(self, mug: Product) -> None:
        edit(mug, barcode="X-1")
        cup = make_product(sku="B", barcode="X-2")
        before = shop_rows()
        operation = imported("sku,barcode\nA,X-2\nB,X-1\n")
        assert reload(cup).barcode == "X-1"
        undo(operation)
        assert shop_rows() == before

    def test_barcode_of_an_added_product_that_goes(self, mug: Product) -> None:
        edit(mug, barcode="X-1")
        before = shop_rows()
        operation = imported("sku,name,barcode\nA,Mug,X-2\nB,Cup,X-1\n")
        again = undo(undo(operation))
        assert (reload(mug).barcode, product("B").barcode) == ("X-2", "X-1")
        undo(again)
        assert shop_rows() == before

    def test_barcode_of_an_added_product_that_stays(self, mug: Product) -> None:
        edit(mug, barcode="X-1")
        operation = imported("sku,name,barcode\nA,Jug,X-2\nB,Cup,X-1\n")
        edit(product("B"), name="Bowl")
        undoing = undo(operation)
        assert (reload(mug).name, reload(mug).barcode) == ("Mug", "X-2")
        reason = "“barcode” can't be “X-1” again: “B” has the barcode now."
        assert left(undoing)["A"] == ("impossible", [reason])

    def test_who_gets_nothing_back_gives_nothing_back(self, mug: Product) -> None:
        edit(mug, barcode="X-1")
        make_product(sku="B", barcode="X-2")
        operation = imported("sku,barcode\nA,X-9\nB,X-1\n")
        make_product(sku="C", barcode="X-2")
        with pytest.raises(CannotUndo) as refusal:
            undo(operation)
        assert [reason[:2] for reason in refusal.value.reasons] == ["A:", "B:"]
        assert (reload(mug).barcode, product("B").barcode) == ("X-9", "X-1")

    def test_options_another_product_took(self) -> None:
        rows = "sku,name,group,option1\nA,Mug,mug,Red\nB,Mug,mug,Blue\n"
        imported(rows)
        operation = imported("sku,group,option1\nA,mug,Green\nB,mug,Black\n")
        make_product(sku="C", group=product("A").group, option1="Red")
        undoing = undo(operation)
        assert (product("A").option1, product("B").option1) == ("Green", "Blue")
        assert "“C” has the same options" in left(undoing)["A"][1][0]

    def test_brand_that_is_gone(self, mug: Product) -> None:
        edit(mug, brand=Brand.objects.create(name="Nord"))
        operation = imported("sku,name,brand\nA,Cup,Syd\n")
        Brand.objects.filter(name="Nord").delete()
        undoing = undo(operation)
        assert reload(mug).name == "Mug"
        reason = "“brand” can't be “Nord” again: it was deleted since."
        assert left(undoing)["A"] == ("impossible", [reason])

    def test_brand_that_was_renamed_is_the_same(self, mug: Product) -> None:
        operation = imported("sku,brand\nA,Syd\n")
        Brand.objects.update(name="South")
        assert counts(undo(operation)) == (1, 0, 0)
        assert reload(mug).brand is None


class TestStock:
    @pytest.fixture
    def mug(self) -> Product:
        return make_product(sku="A", stock=10, cost=Decimal(3))

    def counted(self, units: int) -> Operation:
        return imported(f"sku,on_hand\nA,{units}\n", sets_stock=True)

    @pytest.mark.parametrize("units", [14, 4, 0])
    def test_comes_back_with_its_value(self, mug: Product, units: int) -> None:
        before = shop_rows()
        undo(self.counted(units))
        assert shop_rows() == before
        assert check_stock().ok

    def test_after_a_sale_the_difference_is_posted(self, mug: Product) -> None:
        operation = self.counted(14)
        adjust(mug, -6)
        undo(operation)
        assert reload(mug).on_hand == 4

    def test_what_is_sold_can_not_be_taken_back(self, mug: Product) -> None:
        receive(mug, 1)
        operation = imported("sku,name,on_hand\nA,Cup,20\n", sets_stock=True)
        adjust(mug, -15)
        undoing = undo(operation)
        fresh = reload(mug)
        assert (fresh.name, fresh.on_hand) == (mug.name, 5)
        reason = "Only 5 are available of “A”, so 9 can't be taken back."
        assert left(undoing)["A"] == ("impossible", [reason])

    def test_a_place_out_of_use_takes_nothing_back(self, mug: Product) -> None:
        back = make_location()
        receive(mug, 4, location=back)
        operation = imported("sku,on_hand:BACK\nA,0\n", sets_stock=True)
        Location.objects.filter(pk=back.pk).update(is_active=False)
        with pytest.raises(CannotUndo, match="“Back room” is not in use"):
            undo(operation)
        assert not ImportUndo.objects.exists()

    def test_first_value_goes_with_the_cost(self) -> None:
        mug = make_product(sku="A", stock=10)
        undo(imported("sku,cost,name\nA,2,Cup\n"))
        assert StockLevel.objects.get().value == 0
        operation = imported("sku,cost,name\nA,2,Bowl\n")
        edit(mug, cost=Decimal(4))
        undo(operation)
        assert StockLevel.objects.get().value == 20
        assert reload(mug).cost == 4


class TestSalesOnly:
    """An import of orders moves stock and changes no product."""

    def test_each_line_by_itself(self) -> None:
        mug, cup = make_product(sku="A", stock=10), make_product(sku="B", stock=5)
        operation, _new = start_operation(Operation.Kind.IMPORTED, by())
        main = Location.objects.get_default().pk
        sold, returned = StockMovement.Kind.SOLD, StockMovement.Kind.RETURNED
        lines = [
            Line(mug.pk, main, sold, delta=-3),
            Line(cup.pk, main, sold, delta=-1),
            Line(mug.pk, main, returned, delta=2),
        ]
        post(operation, lines)
        adjust(mug, -9)
        delete_product(product_id=cup.pk, circumstances=by())
        undoing = undo(operation)
        assert reload(mug).on_hand == 1
        assert left(undoing) == {"B": ("impossible", ["“B” was deleted since."])}
        assert check_stock().ok
        undo(undoing)
        assert reload(mug).on_hand == 0
