"""services.undo_preview: the same code, thrown away."""

import pytest

from products.models import Operation, Product, ProductChange, StockLevel, StockMovement
from products.services import undo_preview
from products.services.deleting import delete_product
from products.services.reservations import Wanted, hold_stock
from products.services.undo import undo_operation
from products.services.undo_preview import preview_undo
from products.tests.factories import (
    add_many,
    adjust,
    by,
    make_product,
    receive,
    reload,
)

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    models = (Operation, Product, ProductChange, StockMovement)
    return tuple(model._default_manager.count() for model in models)


def as_written(movement: StockMovement) -> tuple[object, ...]:
    return (
        movement.product_id,
        movement.location_id,
        movement.kind,
        movement.delta,
        movement.balance_after,
        movement.value_delta,
    )


def test_is_what_undo_then_does() -> None:
    product = make_product()
    receive(product, 10, cost="3")
    operation = receive(product, 10, cost="5")
    preview = preview_undo(operation)
    undoing = undo_operation(operation_id=operation.pk, circumstances=by())
    assert preview.is_exact
    assert [as_written(m) for m in preview.movements] == [
        as_written(m) for m in undoing.movements.all()
    ]


def test_leaves_nothing_behind() -> None:
    product = make_product(stock=7, barcode="X-1")
    StockLevel.objects.update(shelf="B-04")
    operation = delete_product(product_id=product.pk, circumstances=by())
    before = counts()
    preview = preview_undo(operation)
    assert preview.product_count == 1
    assert preview.movements[0].delta == 7
    assert counts() == before
    assert not Product.objects.exists()


def test_of_documents() -> None:
    product = make_product(stock=7)
    operation = hold_stock(wanted=[Wanted(product.pk, 2)], circumstances=by())
    preview = preview_undo(operation)
    assert [change.after["state"] for change in preview.documents] == ["released"]
    assert reload(product).reserved == 2


def test_says_why_not() -> None:
    product = make_product(sku="MUG")
    operation = receive(product, 5)
    adjust(product, -4)
    preview = preview_undo(operation)
    assert preview.reasons == (
        "Only 1 is available of “MUG”, so 5 can't be taken back.",
    )
    assert not preview.movements


class TestLarge:
    @pytest.fixture(autouse=True)
    def few_are_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(undo_preview, "MOST_LINES", 5)
        monkeypatch.setattr(undo_preview, "SHOWN", 2)

    def test_counts_and_the_first_rows(self) -> None:
        before = None
        operation = add_many(4)
        before = counts()
        preview = preview_undo(operation)
        assert not preview.is_exact
        assert (preview.product_count, preview.movement_count) == (4, 4)
        assert [movement.delta for movement in preview.movements] == [-5, -5]
        assert [change.after for change in preview.products] == [None, None]
        assert not preview.reasons
        assert counts() == before

    def test_stock_that_is_gone(self) -> None:
        operation = add_many(4)
        adjust(Product.objects.get(sku="S1"), -2)
        delete_product(product_id=Product.objects.get(sku="S2").pk, circumstances=by())
        assert set(preview_undo(operation).reasons) == {
            "Only 3 are available of “S1”, so 5 can't be taken back.",
            "“S2” was deleted since.",
        }

    def test_queries(self, django_assert_max_num_queries: object) -> None:
        operation = add_many(4)
        with django_assert_max_num_queries(10):
            preview_undo(operation)
