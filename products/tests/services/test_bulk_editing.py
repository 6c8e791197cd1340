from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.errors import ProductGone
from products.models import Brand, Operation, Product, StockMovement
from products.services.bulk_editing import (
    BulkEdit,
    EditsOutdated,
    edit_products_in_bulk,
)
from products.services.operations import start_operation
from products.tests.factories import by, make_product, reload

pytestmark = pytest.mark.django_db


def edit(*edits: tuple[Product, dict]) -> Operation:
    operation, _is_new = start_operation(Operation.Kind.IMPORTED, by())
    edit_products_in_bulk(
        operation=operation,
        edits=[BulkEdit(each.pk, each.version, values) for each, values in edits],
        circumstances=by(),
    )
    return operation


def test_each_product_gets_its_own_values_and_one_version():
    mug, cup = make_product(name="Mug"), make_product(name="Cup", price=3)
    edit((mug, {"price": Decimal(2)}), (cup, {"name": "Big cup"}))
    mug, cup = reload(mug), reload(cup)
    assert (mug.name, mug.price, mug.version) == ("Mug", 2, 2)
    assert (cup.name, cup.price, cup.version) == ("Big cup", 3, 2)


def test_a_new_name_is_found_by_search():
    mug = make_product(name="Mug")
    edit((mug, {"name": "Tasse"}))
    assert list(Product.objects.search("tasse")) == [mug]
    assert not Product.objects.search("mug")


@pytest.mark.parametrize(
    ("field", "value"), [("sku", "TEAPOT"), ("barcode", "TEAPOT"), ("name", "Teapot")]
)
def test_what_is_derived_follows(field: str, value: str):
    mug = make_product()
    edit((mug, {field: value}))
    assert list(Product.objects.search("teapot")) == [mug]
    assert reload(mug).sku_key == reload(mug).sku.casefold()


def test_what_is_derived_of_nothing_new_is_not_written():
    """Each column that is named has an index that is written, changed or not."""
    mug, cup = make_product(), make_product()
    with CaptureQueriesContext(connection) as asked:
        edit((mug, {"price": Decimal(2)}), (cup, {"price": Decimal(3)}))
    words = "ON DUPLICATE KEY UPDATE" if connection.vendor == "mysql" else "DO UPDATE"
    sent = [query["sql"].partition(words) for query in asked.captured_queries]
    (written,) = (tail for head, _words, tail in sent if tail and "sku_key" in head)
    assert "updated_at" in written
    assert "sku_key" not in written
    assert "search_text" not in written


def test_the_trail_has_old_and_new():
    mug = make_product(brand=Brand.objects.create(name="Old"))
    new = Brand.objects.create(name="New")
    change = edit((mug, {"brand": new})).changes.get()
    assert change.before["brand"]["label"] == "Old"
    assert change.after["brand"] == {"id": new.pk, "label": "New"}
    assert (change.before["version"], change.after["version"]) == (1, 2)


def test_stock_is_left_as_it_is():
    mug = make_product(stock=7, cost=2)
    operation = edit((mug, {"name": "Tasse", "cost": Decimal(3)}))
    assert reload(mug).on_hand == 7
    assert not operation.movements.exists()


def test_stock_is_valued_when_its_cost_becomes_known():
    mug = make_product(stock=7)
    movement = edit((mug, {"cost": Decimal(3)})).movements.get()
    assert (movement.kind, movement.value_delta) == (StockMovement.Kind.REVALUED, 21)


def test_barcodes_can_be_swapped():
    one, two = make_product(barcode="ONE"), make_product(barcode="TWO")
    edit((one, {"barcode": "TWO"}), (two, {"barcode": "ONE"}))
    assert (reload(one).barcode, reload(two).barcode) == ("TWO", "ONE")


def test_an_outdated_version_stops_everything():
    mug, cup = make_product(name="Mug"), make_product(sku="CUP", name="Cup")
    cup.version = 9
    with pytest.raises(EditsOutdated, match="CUP"):
        edit((mug, {"name": "A"}), (cup, {"name": "B"}))
    assert reload(mug).name == "Mug"


def test_a_deleted_product_stops_everything():
    mug = make_product()
    Product.objects.filter(pk=mug.pk).delete()
    with pytest.raises(ProductGone):
        edit((mug, {"name": "A"}))


def test_statements_do_not_grow_with_the_products(django_assert_max_num_queries):
    products = [make_product() for _ in range(40)]
    with django_assert_max_num_queries(14):
        edit(*((each, {"name": f"New {each.pk}"}) for each in products))
