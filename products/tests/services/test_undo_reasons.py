"""services.undo: a refusal names everything that stands against it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.errors import CannotUndo
from products.models import Hold, Location, Operation, Product, StockMovement
from products.services.archiving import archive_products
from products.services.bulk_editing import BulkEdit, edit_products_in_bulk
from products.services.deleting import delete_product
from products.services.editing import Recount, update_product
from products.services.operations import start_operation
from products.services.reservations import Wanted, hold_stock, release_holds
from products.services.undo import undo_operation
from products.tests.factories import (
    add_many,
    adjust,
    by,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.importing.files import import_text
from products.tests.undoing import edit

pytestmark = pytest.mark.django_db


def reasons_of(operation: Operation) -> tuple[str, ...]:
    before = StockMovement.objects.count()
    with pytest.raises(CannotUndo) as refusal:
        undo_operation(operation_id=operation.pk, circumstances=by())
    assert StockMovement.objects.count() == before
    return refusal.value.reasons


def edit_both(first: Product, second: Product, **values: object) -> Operation:
    operation, _new = start_operation(Operation.Kind.PRODUCT_EDITED, by())
    edits = [BulkEdit(p.pk, reload(p).version, values) for p in (first, second)]
    edit_products_in_bulk(operation=operation, edits=edits, circumstances=by())
    return operation


def imported(text: str) -> Operation:
    operation = import_text(text).run.operation
    assert operation
    return operation


def test_every_field_that_was_changed_since() -> None:
    product = make_product(name="Mug", supplier_name="A")
    first = edit(product, name="Cup", supplier_name="B")
    edit(product, name="Bowl", supplier_name="C")
    assert reasons_of(first) == (
        "“name” of “Bowl” was changed again since.",
        "“supplier” of “Bowl” was changed again since.",
    )


def test_fields_of_every_product() -> None:
    one, two = make_product(name="One"), make_product(name="Two")
    both = edit_both(one, two, supplier_name="B")
    for product in (one, two):
        edit(product, supplier_name="C")
    assert len(reasons_of(both)) == 2


def test_every_short_line_with_its_sku() -> None:
    operation = add_many(3)
    for sku, taken in (("S0", 1), ("S1", 3)):
        adjust(Product.objects.get(sku=sku), -taken)
    assert set(reasons_of(operation)) == {
        "Only 4 are available of “S0”, so 5 can't be taken back.",
        "Only 2 are available of “S1”, so 5 can't be taken back.",
    }


def test_where_it_is_short_when_there_are_several_places() -> None:
    product, back = make_product(sku="MUG"), make_location()
    operation = receive(product, 3, location=back)
    adjust(product, -2, location=back)
    assert reasons_of(operation) == (
        "Only 1 is available of “MUG” at Back room, so 3 can't be taken back.",
    )


def test_held_stock_is_not_there() -> None:
    product = make_product(sku="MUG")
    operation = receive(product, 3)
    hold_stock(wanted=[Wanted(product.pk, 2)], circumstances=by())
    assert "Only 1 is available of “MUG”" in reasons_of(operation)[0]


def test_product_deleted_since_is_named_once() -> None:
    product, other = make_product(sku="MUG", stock=5), make_product(sku="CUP")
    operation = edit_both(product, other, supplier_name="B")
    adjusted = adjust(product, -2)
    delete_product(product_id=product.pk, circumstances=by())
    edit(other, supplier_name="C")
    assert reasons_of(adjusted) == ("“MUG” was deleted since.",)
    assert set(reasons_of(operation)) == {
        "“MUG” was deleted since.",
        f"“supplier” of “{other.name}” was changed again since.",
    }


def test_fields_and_stock_together() -> None:
    product = make_product(sku="A", name="Mug", stock=5)
    main = Location.objects.get_default().pk
    operation = update_product(
        product_id=product.pk,
        changes={"name": "Cup"},
        seen_version=1,
        recount=Recount(main, 5, 8),
        circumstances=by(),
    ).operation
    edit(product, name="Bowl")
    adjust(product, -7)
    assert set(reasons_of(operation)) == {
        "“name” of “Bowl” was changed again since.",
        "Only 1 is available of “A”, so 3 can't be taken back.",
    }


def test_every_code_that_is_taken() -> None:
    undone = undo_operation(operation_id=add_many(2).pk, circumstances=by())
    make_product(sku="s0")
    make_product(sku="s1")
    reasons = reasons_of(undone)
    assert {reason[:3] for reason in reasons} == {"S0:", "S1:"}
    assert Product.objects.count() == 2


def test_hold_that_went_on_and_one_whose_product_is_gone() -> None:
    product = make_product(sku="MUG", stock=5)
    held = hold_stock(wanted=[Wanted(product.pk, 2)], circumstances=by())
    ids = list(Hold.objects.values_list("pk", flat=True))
    released = release_holds(hold_ids=ids, circumstances=by())
    assert reasons_of(held) == ("“2 × MUG” has gone on since.",)
    delete_product(product_id=product.pk, circumstances=by())
    assert reasons_of(released) == ("“MUG” was deleted since.",)


def test_message_names_a_few_of_many() -> None:
    operation = add_many(8)
    for product in Product.objects.all():
        adjust(product, -1)
    with pytest.raises(CannotUndo) as refusal:
        undo_operation(operation_id=operation.pk, circumstances=by())
    assert len(refusal.value.reasons) == 8
    assert str(refusal.value).count("Only 4") == 5
    assert str(refusal.value).endswith("And 3 more reasons.")


def statements(prefix: str, count: int) -> int:
    """Import, archive, undo both and bring all back; count what the undos ask."""
    rows = "".join(f"{prefix}{n},Mug,1,5\n" for n in range(count))
    operation = imported(f"sku,name,price,on_hand\n{rows}")
    ids = [p.pk for p in Product.objects.filter(sku__startswith=prefix)]
    archived = archive_products(product_ids=ids, circumstances=by())
    with CaptureQueriesContext(connection) as queries:
        undo_operation(operation_id=archived.pk, circumstances=by())
        gone = undo_operation(operation_id=operation.pk, circumstances=by())
        back = undo_operation(operation_id=gone.pk, circumstances=by())
    assert back.changes.count() == count
    return len(queries)


def test_statements_do_not_grow_with_the_products() -> None:
    # SQLite takes few parameters at a time, so a statement may be sent in pieces.
    assert statements("B", 40) <= statements("A", 2) + 5


def test_barcode_that_comes_back_is_checked() -> None:
    product = make_product(barcode="X-1", cost=Decimal(1))
    operation = edit(product, barcode="X-2", name="Cup")
    make_product(barcode="X-1")
    assert "barcode" in reasons_of(operation)[0]
    assert reload(product).name == "Cup"
