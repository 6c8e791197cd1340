"""services.catalogue: adding and deleting products, with their stock and trail."""

from decimal import Decimal

import pytest

from products.errors import FieldRefused, InventoryError, KeyReused, ProductGone
from products.models import Location, Operation, Product, ProductChange, StockLevel
from products.services.catalogue import (
    Opening,
    add_product,
    add_products,
)
from products.services.deleting import delete_product
from products.services.operations import Once
from products.tests.factories import by, make_location, make_product, receive

pytestmark = pytest.mark.django_db


class TestAdd:
    def test_opening_stock_is_a_movement_at_cost(self):
        product = make_product(stock=4, cost=Decimal("2.50"))
        movement = product.movements.get()
        assert (movement.kind, movement.delta) == ("opening", 4)
        assert movement.value_after == 10
        assert product.on_hand == 4

    def test_trail_holds_the_whole_record(self):
        product = make_product(sku="MUG-1", name="Mug", price=Decimal("9.9"))
        change = product.changes.get()
        assert change.before is None
        assert change.after["sku"] == "MUG-1"
        assert change.after["price"] == "9.90"

    def test_sku_taken_in_another_case(self):
        make_product(sku="Mug-1")
        with pytest.raises(FieldRefused) as caught:
            make_product(sku="MUG-1 ")
        assert caught.value.errors == {"sku": ["Another product has this SKU."]}

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"barcode": "5701234567891"}, "barcode"),
            ({"barcode": "a b"}, "barcode"),
            ({"price": Decimal(-1)}, "price"),
            ({"price": Decimal("NaN")}, "price"),
            ({"name": ""}, "name"),
            ({"sku": "A\tB"}, "sku"),
            ({"sku": " "}, "sku"),
        ],
    )
    def test_broken_rules_name_their_field(self, fields, field):
        with pytest.raises(FieldRefused) as caught:
            make_product(**fields)
        assert field in caught.value.errors
        assert not Product.objects.exists()

    @pytest.mark.parametrize("barcode", ["5701234567899", "96385074", "PART-7/b"])
    def test_good_barcodes(self, barcode):
        assert make_product(barcode=barcode).barcode == barcode

    def test_several_products_are_one_operation_or_none(self):
        good, bad = Product(sku="A", name="A"), Product(sku="A", name="B")
        with pytest.raises(FieldRefused):
            add_products(products=[good, bad], circumstances=by(), openings={})
        assert not Operation.objects.exists()

    def test_second_click_returns_the_first_product(self):
        def send(name="Mug"):
            return add_product(
                product=Product(sku="A", name=name),
                circumstances=by(once=Once("key", {"name": name})),
                openings=[Opening(3, Location.objects.get_default().pk)],
            )

        assert send() == send()
        assert Product.objects.get().on_hand == 3
        with pytest.raises(KeyReused):
            send("Cup")


class TestDelete:
    def test_row_goes_history_stays(self):
        product = make_product(stock=4, sku="MUG-1")
        delete_product(product_id=product.pk, circumstances=by())
        assert not Product.objects.exists()
        assert not StockLevel.objects.exists()
        kept = ProductChange.objects.deletions().get()
        assert (kept.sku, kept.before["name"]) == ("MUG-1", product.name)

    def test_stock_is_written_off_at_each_location(self):
        product, back = make_product(stock=4), make_location()
        receive(product, 2, location=back)
        operation = delete_product(product_id=product.pk, circumstances=by())
        written_off = operation.movements.all()
        assert {movement.delta for movement in written_off} == {-4, -2}
        assert {movement.balance_after for movement in written_off} == {0}

    def test_twice_says_so(self):
        product = make_product()
        delete_product(product_id=product.pk, circumstances=by())
        with pytest.raises(ProductGone):
            delete_product(product_id=product.pk, circumstances=by())

    def test_held_stock_stands_in_the_way(self):
        product = make_product(stock=2)
        StockLevel.objects.update(reserved=1)
        Product.objects.update(reserved=1)
        with pytest.raises(InventoryError, match="held"):
            delete_product(product_id=product.pk, circumstances=by())

    def test_id_is_never_used_again(self):
        product = make_product()
        delete_product(product_id=product.pk, circumstances=by())
        assert make_product().pk > product.pk
