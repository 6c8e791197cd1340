"""services.undo_import: each product of an import is a decision of its own."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.errors import CannotUndo
from products.models import (
    Location,
    Operation,
    Product,
    StockMovement,
    Transfer,
)
from products.reports.stock_check import check_stock
from products.services.deleting import delete_product
from products.services.reservations import Wanted, hold_stock
from products.services.shelves import Arrangement, arrange_level
from products.services.undo import undo_operation
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    place_of,
)
from products.tests.importing.files import product
from products.tests.undoing import counts, edit, imported, left, shop_rows, undo

pytestmark = pytest.mark.django_db

TWO = "sku,name,price,cost,on_hand\nA,Mug,1,2,5\nB,Cup,1,,3\n"


class TestAdded:
    def test_untouched_ones_go(self) -> None:
        before = shop_rows()
        undoing = undo(imported(TWO))
        assert shop_rows() == before
        assert counts(undoing) == (2, 0, 0)
        assert check_stock().ok

    def test_one_that_was_edited_stays_whole(self) -> None:
        operation = imported(TWO)
        edit(product("A"), name="Bowl", price=Decimal(7))
        undoing = undo(operation)
        assert list(Product.objects.values_list("sku", "on_hand")) == [("A", 5)]
        assert left(undoing) == {
            "A": ("kept", ["It was edited since: name, price."]),
        }
        assert counts(undoing) == (1, 1, 0)
        assert check_stock().ok

    def test_one_whose_edit_was_undone_goes(self) -> None:
        operation = imported(TWO)
        undo(edit(product("A"), name="Bowl"))
        undoing = undo(operation)
        assert not Product.objects.exists()
        again = undo(undoing)
        assert product("A").version == 4
        undo(again)
        assert not Product.objects.exists()

    def test_one_that_was_sold_stays_whole(self) -> None:
        operation = imported(TWO)
        adjust(product("A"), -2, kind=StockMovement.Kind.SOLD)
        undoing = undo(operation)
        assert product("A").on_hand == 3
        assert left(undoing)["A"] == ("kept", ["Its stock has moved since: Sold."])

    def test_one_whose_sale_was_undone_goes(self) -> None:
        operation = imported(TWO)
        sale = adjust(product("A"), -2)
        undo(sale)
        undo(operation)
        assert not Product.objects.exists()
        assert check_stock().ok

    def test_one_whose_sale_was_undone_and_redone_stays(self) -> None:
        operation = imported(TWO)
        undo(undo(adjust(product("A"), -2)))
        assert left(undo(operation)).keys() == {"A"}

    def test_one_that_is_held_stays(self) -> None:
        operation = imported(TWO)
        hold_stock(wanted=[Wanted(product("B").pk, 1)], circumstances=by())
        assert left(undo(operation)) == {"B": ("kept", ["Some of it is held."])}

    def test_one_in_a_document_stays(self) -> None:
        operation = imported(TWO)
        main = Location.objects.get_default()
        transfer = Transfer.objects.create(
            source=main, destination=make_location(), created_by_label="Ada"
        )
        transfer.lines.create(product=product("A"), sku="A", quantity=1)
        assert left(undo(operation)) == {"A": ("kept", [f"It is in “{transfer}”."])}

    def test_one_with_a_shelf_stays(self) -> None:
        operation = imported(TWO)
        arrange_level(place=place_of(product("A")), wanted=Arrangement("B-04"))
        reason = "It was given a shelf or reorder figures since."
        assert left(undo(operation)) == {"A": ("kept", [reason])}

    def test_one_that_is_gone(self) -> None:
        operation = imported(TWO)
        delete_product(product_id=product("A").pk, circumstances=by())
        undoing = undo(operation)
        assert left(undoing) == {"A": ("impossible", ["“A” was deleted since."])}
        assert undoing.import_undo.rows.get().name == "Mug"


class TestAsAWhole:
    def test_nothing_possible_is_refused_and_can_be_tried_again(self) -> None:
        operation = imported("sku,name,on_hand\nA,Mug,5\n")
        sale = adjust(product("A"), -1)
        with pytest.raises(CannotUndo, match="A: Its stock has moved since"):
            undo(operation)
        undo(sale)
        undo(operation)
        assert not Product.objects.exists()

    def test_two_imports_from_the_last_to_the_first(self) -> None:
        empty = shop_rows()
        first = imported(TWO)
        between = shop_rows()
        second = imported(
            "sku,name,cost,on_hand\nA,Jug,4,1\nB,Pot,2,9\n", sets_stock=True
        )
        undo(second)
        assert shop_rows() == between
        undo(first)
        assert shop_rows() == empty
        assert check_stock().ok

    def test_the_undo_of_it_gives_all_back(self) -> None:
        make_product(sku="B", name="Pot", stock=1, barcode="X-1")
        operation = imported(
            "sku,name,barcode,on_hand\nA,Mug,X-1,5\nB,Cup,X-2,3\n", sets_stock=True
        )
        after = shop_rows()
        undoing = undo(operation)
        again = undo(undoing)
        assert shop_rows() == after
        undo(again)
        undo(Operation.objects.latest("pk"))
        assert shop_rows() == after
        assert check_stock().ok

    def test_twice(self) -> None:
        operation = imported(TWO)
        undo(operation)
        with pytest.raises(CannotUndo, match="before"):
            undo(operation)

    def test_parts_make_no_difference(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in ("undo_judging", "locking", "undo", "undo_products"):
            monkeypatch.setattr(f"products.services.{module}.BATCH", 3)
        rows = "".join(f"S{n},Mug {n},C-{n},4\n" for n in range(10))
        empty = shop_rows()
        first = imported(f"sku,name,barcode,on_hand\n{rows}")
        full = shop_rows()
        turned = "".join(f"S{n},Cup {n},C-{9 - n},{n}\n" for n in range(10))
        second = imported(f"sku,name,barcode,on_hand\n{turned}", sets_stock=True)
        undo(undo(undo(second)))
        assert shop_rows() == full
        undo(undo(undo(first)))
        assert shop_rows() == empty
        assert check_stock().ok


def statements(prefix: str, count: int) -> int:
    rows = "".join(f"{prefix}{n},Mug,1,5\n" for n in range(count))
    operation = imported(f"sku,name,price,on_hand\n{rows}")
    with CaptureQueriesContext(connection) as queries:
        undo_operation(operation_id=operation.pk, circumstances=by())
    return len(queries)


def test_statements_do_not_grow_with_the_products() -> None:
    # SQLite takes few parameters at a time, so a statement may be sent in pieces.
    assert statements("B", 40) <= statements("A", 2) + 4
