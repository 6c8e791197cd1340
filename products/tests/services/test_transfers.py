"""services.transfers: at once, and drafts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from products.errors import (
    DocumentGone,
    FieldRefused,
    InsufficientStock,
    InventoryError,
    KeyReused,
    NothingToPost,
    ProductGone,
    WrongState,
)
from products.models import Location, Operation, Product, StockMovement, Transfer
from products.services.operations import Once
from products.services.transfer_drafts import (
    Draft,
    create_transfer,
    delete_draft,
    update_transfer,
)
from products.services.transfers import Item, Route, transfer_stock
from products.services.undo import undo_operation
from products.tests import transfers
from products.tests.factories import by, make_location, make_product, receive, reload
from products.tests.transfers import back_room, draft, main_to_back, stock

pytestmark = pytest.mark.django_db


def at_once(*wanted: tuple[Product, int], **kwargs: object) -> Operation:
    items = [Item(product.pk, units) for product, units in wanted]
    return transfer_stock(route=main_to_back(), items=items, circumstances=by(**kwargs))


class TestAtOnce:
    def test_stock_moves_and_the_total_stays(self):
        product = make_product(stock=10)
        operation = at_once((product, 4))
        assert {code: units for code, (units, _value) in stock(product).items()} == {
            "MAIN": 6,
            "BACK": 4,
        }
        assert (reload(product).on_hand, reload(product).in_transit) == (10, 0)
        assert operation.kind == Operation.Kind.TRANSFERRED

    def test_value_is_carried_to_the_cent(self):
        product = make_product(stock=3, cost=Decimal("3.333333"))
        receive(product, 1, cost="9", location=back_room())
        at_once((product, 2))
        assert stock(product) == {"MAIN": (1, "3.3333"), "BACK": (3, "15.6667")}
        arrived = product.movements.get(kind=StockMovement.Kind.TRANSFER_IN)
        assert arrived.unit_cost == Decimal("3.333350")  # theirs, not the average there

    def test_every_short_line_is_named_and_nothing_moves(self):
        one, two, three = (make_product(stock=n) for n in (1, 2, 9))
        with pytest.raises(InsufficientStock) as caught:
            at_once((one, 2), (two, 3), (three, 9))
        assert [short.sku for short in caught.value.shorts] == [one.sku, two.sku]
        assert stock(three)["MAIN"][0] == 9

    def test_a_product_twice_counts_together(self):
        product = make_product(stock=5)
        with pytest.raises(InsufficientStock):
            at_once((product, 3), (product, 3))

    def test_once(self):
        product = make_product(stock=10)
        once = Once("key", {"units": 4})
        assert at_once((product, 4), once=once) == at_once((product, 4), once=once)
        assert stock(product)["BACK"][0] == 4
        with pytest.raises(KeyReused):
            at_once((product, 4), once=Once("key", {"units": 5}))

    def test_business_date(self):
        product, friday = make_product(stock=5), timezone.now() - timedelta(days=1)
        operation = at_once((product, 1), effective_at=friday)
        assert {m.effective_at for m in operation.movements.all()} == {friday}

    def test_undo_and_undo_of_the_undo(self):
        product = make_product(stock=10, cost=Decimal("2.50"))
        operation = at_once((product, 4))
        undoing = undo_operation(operation_id=operation.pk, circumstances=by())
        assert stock(product) == {"MAIN": (10, "25.0000")}
        undo_operation(operation_id=undoing.pk, circumstances=by())
        assert stock(product) == {"MAIN": (6, "15.0000"), "BACK": (4, "10.0000")}

    @pytest.mark.parametrize("quantity", [0, -1, 10**9])
    def test_quantity_that_makes_no_sense(self, quantity):
        with pytest.raises(FieldRefused):
            at_once((make_product(stock=1), quantity))

    def test_nothing(self):
        with pytest.raises(NothingToPost):
            at_once()

    def test_product_gone(self):
        gone = make_product()
        pk = gone.pk
        gone.delete()
        gone.pk = pk
        with pytest.raises(ProductGone):
            at_once((gone, 1))


class TestRoute:
    def refusal(self, source: int, destination: int) -> set[str]:
        item = Item(make_product(stock=5).pk, 1)
        with pytest.raises(FieldRefused) as caught:
            transfer_stock(
                route=Route(source, destination), items=[item], circumstances=by()
            )
        assert not StockMovement.objects.filter(kind="transfer_out").exists()
        return set(caught.value.errors)

    def test_to_the_same_place(self):
        main = Location.objects.get_default().pk
        assert self.refusal(main, main) == {"destination"}

    @pytest.mark.parametrize("fields", [{"is_active": False}, {"kind": "transit"}])
    def test_place_that_takes_no_stock(self, fields):
        other, main = make_location(**fields).pk, Location.objects.get_default().pk
        assert self.refusal(main, other) == {"destination"}
        assert self.refusal(other, main) == {"source"}


class TestDraft:
    def test_moves_nothing(self):
        product = make_product(stock=5)
        transfer = draft((product, 9), reference="Van 2", note="fragile")
        assert (transfer.state, transfer.created_by_label) == ("draft", "Tess Tester")
        assert (transfer.reference, transfer.note) == ("Van 2", "fragile")
        assert reload(product).on_hand == 5
        assert not Operation.objects.filter(kind__startswith="transfer").exists()

    def test_a_second_click_makes_no_second_draft(self):
        product, other = make_product(), make_product()
        assert draft((product, 2)) == draft((product, 2))
        assert draft((product, 2)) != draft((product, 3))
        assert draft((product, 2)) != draft((product, 2), (other, 1))

    def test_the_same_again_later_is_another_draft(self):
        product = make_product()
        first = draft((product, 2))
        Transfer.objects.update(created_at=timezone.now() - timedelta(minutes=11))
        assert draft((product, 2)) != first

    def test_edit(self):
        product, other = make_product(), make_product()
        transfer = draft((product, 2))
        wanted = Draft(main_to_back(), [Item(other.pk, 3)], note="new")
        update_transfer(transfer_id=transfer.pk, draft=wanted, seen_version=1)
        line = transfers.only_line(transfer)
        assert (line.product, line.sku, line.quantity) == (other, other.sku, 3)
        assert (transfers.refreshed(transfer).note) == "new"

    def test_second_editor_is_told(self):
        product = make_product()
        transfer = draft((product, 2))
        wanted = Draft(main_to_back(), [Item(product.pk, 3)])
        update_transfer(transfer_id=transfer.pk, draft=wanted, seen_version=1)
        other = Draft(main_to_back(), [Item(product.pk, 4)])
        with pytest.raises(WrongState, match="Somebody else changed"):
            update_transfer(transfer_id=transfer.pk, draft=other, seen_version=1)

    def test_second_click_is_no_second_editor(self):
        product = make_product()
        transfer = draft((product, 2))
        wanted = Draft(main_to_back(), [Item(product.pk, 3)])
        for _click in range(2):
            update_transfer(transfer_id=transfer.pk, draft=wanted, seen_version=1)
        assert transfers.refreshed(transfer).version == 2

    def test_sent_meanwhile_is_not_edited(self):
        product = make_product(stock=5)
        transfer = transfers.sent((product, 2))
        wanted = Draft(main_to_back(), [Item(product.pk, 3)])
        with pytest.raises(WrongState, match="on the way already"):
            update_transfer(transfer_id=transfer.pk, draft=wanted, seen_version=2)

    def test_unknown_product(self):
        wanted = Draft(main_to_back(), [Item(999, 1)])
        with pytest.raises(ProductGone):
            create_transfer(draft=wanted, circumstances=by())
        assert not Transfer.objects.exists()

    def test_delete(self):
        transfer = draft((make_product(), 2))
        delete_draft(transfer_id=transfer.pk)
        assert not Transfer.objects.exists()
        with pytest.raises(DocumentGone):
            delete_draft(transfer_id=transfer.pk)

    def test_what_was_sent_before_has_a_history(self):
        transfer = draft((make_product(stock=5), 2))
        operation = transfers.send(transfer)
        undo_operation(operation_id=operation.pk, circumstances=by())
        with pytest.raises(InventoryError, match="Cancel it instead"):
            delete_draft(transfer_id=transfer.pk)

    def test_what_is_on_the_way_is_not_deleted(self):
        transfer = transfers.sent((make_product(stock=5), 2))
        with pytest.raises(WrongState):
            delete_draft(transfer_id=transfer.pk)
