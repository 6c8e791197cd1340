"""services.undo: compensation, at most once, never half."""

from decimal import Decimal

import pytest

from products.errors import CannotUndo
from products.models import Category, Location, Product, ProductChange, StockLevel
from products.reports.stock_check import check_stock
from products.services.archiving import archive_products
from products.services.catalogue import add_products
from products.services.deleting import delete_product
from products.services.editing import Recount, update_product
from products.services.shelves import Arrangement, arrange_level
from products.services.undo import undo_operation
from products.services.undo_products import bring_back
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    place_of,
    receive,
    reload,
)

pytestmark = pytest.mark.django_db


def undo(operation):
    return undo_operation(operation_id=operation.pk, circumstances=by("Undoer"))


def delete(product):
    return delete_product(product_id=product.pk, circumstances=by())


def edit(product, **changes):
    return update_product(
        product_id=product.pk,
        changes=changes,
        seen_version=reload(product).version,
        circumstances=by(),
    ).operation


class TestMovements:
    def test_takes_back_quantity_and_value(self):
        product = make_product()
        receive(product, 10, cost="3")
        receipt = receive(product, 10, cost="5")
        undo(receipt)
        level = StockLevel.objects.get()
        assert (level.on_hand, level.value) == (10, 30)

    def test_stock_already_gone(self):
        product = make_product()
        receipt = receive(product, 10)
        adjust(product, -4)
        with pytest.raises(CannotUndo, match="Only 6"):
            undo(receipt)
        assert reload(product).on_hand == 6

    def test_once(self):
        product = make_product(stock=5)
        operation = adjust(product, -2)
        undo(operation)
        with pytest.raises(CannotUndo, match="before"):
            undo(operation)
        assert reload(product).on_hand == 5

    def test_undo_of_an_undo(self):
        product = make_product(stock=5)
        undo(undo(adjust(product, -2)))
        assert reload(product).on_hand == 3


class TestDeleted:
    def test_comes_back_under_its_id_with_stock_and_value(self):
        product = make_product(stock=7, cost=Decimal("1.10"), barcode="5701234567899")
        StockLevel.objects.update(shelf="B-04")
        undo(delete(product))
        fresh = reload(product)
        level = StockLevel.objects.get()
        assert (fresh.pk, fresh.on_hand, fresh.barcode) == (
            product.pk,
            7,
            "5701234567899",
        )
        assert (level.value, level.shelf) == (Decimal("7.70"), "B-04")

    def test_chain_goes_on_where_it_ended(self):
        product = make_product(stock=7)
        undo(delete(product))
        sequences = product.movements.order_by("sequence")
        assert [m.sequence for m in sequences] == [1, 2, 3]
        assert [m.previous_hash for m in sequences[1:]] == [
            m.hash for m in sequences[:2]
        ]

    def test_places_that_were_empty_come_back_too(self):
        product, back = make_product(stock=2), make_location()
        receive(product, 3, location=back)
        StockLevel.objects.filter(location=back).update(shelf="B-04")
        adjust(product, -3, location=back)
        undo(delete(product))
        level = StockLevel.objects.get(location=back)
        assert (level.on_hand, level.shelf, level.last_sequence) == (0, "B-04", 2)
        assert check_stock().ok
        receive(product, 1, location=back)
        assert check_stock().ok

    def test_reorder_figures_of_a_place_where_nothing_ever_was(self):
        product, back = make_product(), make_location()
        arrangement = Arrangement("C-01", reorder_point=4, reorder_quantity=9)
        arrange_level(place=place_of(product, back), wanted=arrangement)
        undo(delete(product))
        level = StockLevel.objects.get(location=back)
        kept = (level.shelf, level.reorder_point, level.reorder_quantity)
        assert kept == ("C-01", 4, 9)
        receive(product, 1, location=back)
        assert check_stock().ok

    def test_record_that_kept_the_shelves_alone(self):
        product = make_product(stock=2)
        operation = delete(product)
        main = str(Location.objects.get_default().pk)
        change = operation.changes.get()
        record = {k: v for k, v in change.before.items() if k != "places"}
        record["shelves"] = {main: "B-04", "404": "Z"}
        bring_back(
            operation,
            [ProductChange(product_id=product.pk, sku="", before=record)],
            by(),
            replaced={},
        )
        assert StockLevel.objects.get().shelf == "B-04"

    def test_sku_taken_meanwhile(self):
        product = make_product(sku="MUG")
        operation = delete(product)
        make_product(sku="mug")
        with pytest.raises(CannotUndo, match="SKU"):
            undo(operation)
        assert Product.objects.count() == 1

    def test_category_deleted_meanwhile_is_left_empty(self):
        product = make_product(category=Category.objects.create(name="Mugs"))
        operation = delete(product)
        Category.objects.all().delete()
        undo(operation)
        assert reload(product).category is None

    def test_delete_undo_delete_undo(self):
        product = make_product(stock=3)
        undo(undo(undo(delete(product))))
        assert reload(product).on_hand == 3


class TestFields:
    def test_old_value_comes_back(self):
        product = make_product(name="Mug")
        undo(edit(product, name="Cup"))
        fresh = reload(product)
        assert (fresh.name, fresh.version) == ("Mug", 3)
        assert list(Product.objects.search("mug")) == [fresh]

    def test_changed_again_since(self):
        product = make_product(name="Mug")
        first = edit(product, name="Cup")
        edit(product, name="Bowl")
        with pytest.raises(CannotUndo, match="changed again"):
            undo(first)
        assert reload(product).name == "Bowl"

    def test_other_fields_keep_what_happened_since(self):
        product = make_product(name="Mug", supplier_name="A")
        first = edit(product, name="Cup")
        edit(product, supplier_name="B")
        undo(first)
        assert (reload(product).name, reload(product).supplier_name) == ("Mug", "B")

    def test_fields_and_stock_of_one_edit(self):
        product = make_product(name="Mug", stock=5)
        main = Location.objects.get_default().pk
        operation = update_product(
            product_id=product.pk,
            changes={"name": "Cup"},
            seen_version=1,
            recount=Recount(main, 5, 8),
            circumstances=by(),
        ).operation
        undo(operation)
        assert (reload(product).name, reload(product).on_hand) == ("Mug", 5)

    def test_bulk_archive(self):
        products = [make_product(), make_product(status="draft")]
        ids = [product.pk for product in products]
        undo(archive_products(product_ids=ids, circumstances=by()))
        assert [reload(p).status for p in products] == ["active", "draft"]


class TestAdded:
    def test_products_go_and_can_come_back(self):
        products = [Product(sku=sku, name=sku) for sku in "AB"]
        add_products(products=products, circumstances=by(), openings={})
        operation = products[0].changes.get().operation
        undone = undo(operation)
        assert not Product.objects.exists()
        undo(undone)
        assert Product.objects.count() == 2


def test_unknown_operation():
    with pytest.raises(CannotUndo):
        undo_operation(operation_id=404, circumstances=by())
