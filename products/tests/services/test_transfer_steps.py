"""services.transfer_steps: sent, received in parts, cancelled."""

from decimal import Decimal

import pytest

from products.errors import (
    FieldRefused,
    InsufficientStock,
    InvalidLine,
    NothingToPost,
    ProductGone,
    WrongState,
)
from products.models import Location, Operation, StockMovement, Transfer
from products.services.editing import update_product
from products.services.operations import Once
from products.services.transfer_lines import Arrival
from products.services.transfer_steps import receive_transfer, send_transfer
from products.tests import factories
from products.tests.factories import by, make_location, make_product, reload
from products.tests.transfers import (
    cancel,
    draft,
    only_line,
    receive,
    refreshed,
    send,
    sent,
    stock,
)

pytestmark = pytest.mark.django_db


class TestSend:
    def test_source_goes_down_and_transit_up(self):
        product = make_product(stock=10, cost=Decimal("2.50"))
        transfer = sent((product, 4))
        assert stock(product) == {"MAIN": (6, "15.0000"), "TRANSIT": (4, "10.0000")}
        assert (transfer.state, only_line(transfer).value) == ("sent", 10)
        assert transfer.sent_at is not None

    def test_what_is_on_the_way_is_not_available(self):
        product = make_product(stock=10)
        sent((product, 4))
        product = reload(product)
        assert (product.on_hand, product.available, product.in_transit) == (6, 6, 4)

    def test_one_transit_location_for_all(self):
        product = make_product(stock=10)
        sent((product, 4))
        sent((product, 3))
        (transit,) = Location.objects.in_transit()
        assert stock(product)[transit.code][0] == 7

    def test_code_of_the_transit_location_may_be_taken(self):
        make_location("Transit", "A shop in the Transit road")
        product = make_product(stock=1)
        sent((product, 1))
        assert list(stock(product)) == ["TRANSIT-2"]

    def test_short_lines_are_all_named(self):
        one, two = make_product(stock=1), make_product()
        transfer = draft((one, 2), (two, 1))
        with pytest.raises(InsufficientStock) as caught:
            send(transfer)
        assert len(caught.value.shorts) == 2
        assert refreshed(transfer).state == "draft"

    def test_product_deleted_meanwhile(self):
        product = make_product()
        transfer = draft((product, 2))
        product.delete()
        with pytest.raises(ProductGone):
            send(transfer)

    def test_destination_out_of_use(self):
        transfer = draft((make_product(stock=2), 2))
        Location.objects.filter(code="BACK").update(is_active=False)
        with pytest.raises(InvalidLine, match="not in use"):
            send(transfer)

    def test_second_tab(self):
        transfer = sent((make_product(stock=5), 2))
        with pytest.raises(
            WrongState, match=f"“T-{transfer.pk}” is on the way already"
        ):
            send(transfer)

    def test_a_draft_that_was_edited_since(self):
        transfer = draft((make_product(stock=5), 2))
        with pytest.raises(WrongState, match="Somebody else"):
            send_transfer(transfer_id=transfer.pk, seen_version=9, circumstances=by())

    def test_same_key_again(self):
        product = make_product(stock=5)
        transfer = draft((product, 2))
        once = Once("send", {})
        assert send(transfer, once=once) == send(transfer, once=once)
        assert reload(product).in_transit == 2


class TestReceive:
    def test_all(self):
        product = make_product(stock=10, cost=Decimal("2.50"))
        transfer = sent((product, 4))
        receive(transfer, Arrival(received=4))
        assert stock(product) == {"MAIN": (6, "15.0000"), "BACK": (4, "10.0000")}
        assert refreshed(transfer).state == "received"
        assert refreshed(transfer).closed_at is not None

    def test_in_parts_the_last_unit_takes_the_rest_of_the_value(self):
        product = make_product(stock=3, cost=Decimal("3.33333"))
        transfer = sent((product, 3))  # worth 10.0000
        receive(transfer, Arrival(received=1))
        assert refreshed(transfer).state == "partial"
        assert stock(product) == {"TRANSIT": (2, "6.6667"), "BACK": (1, "3.3333")}
        assert f"{only_line(transfer).value:.4f}" == "6.6667"
        receive(transfer, Arrival(received=1))
        receive(transfer, Arrival(received=1))
        assert stock(product) == {"BACK": (3, "10.0000")}
        assert only_line(transfer).value == 0

    def test_two_transfers_of_a_product_keep_their_own_value(self):
        product = make_product(stock=2, cost=Decimal(1))
        cheap = sent((product, 2))
        factories.receive(product, 2, cost="9")
        dear = sent((product, 2))
        receive(dear, Arrival(received=2))
        assert stock(product) == {"TRANSIT": (2, "2.0000"), "BACK": (2, "18.0000")}
        receive(cheap, Arrival(received=2))
        assert stock(product) == {"BACK": (4, "20.0000")}

    def test_what_has_not_come_stays_on_the_way(self):
        one, two = make_product(stock=5), make_product(stock=5)
        transfer = sent((one, 5), (two, 5))
        receive(transfer, Arrival(received=5), Arrival())
        assert (reload(one).in_transit, reload(two).in_transit) == (0, 5)
        assert refreshed(transfer).state == "partial"

    def test_lost_is_posted_with_its_reason(self):
        product = make_product(stock=4, cost=Decimal(2))
        transfer = sent((product, 4))
        operation = receive(transfer, Arrival(3, lost=1), reason="box was wet")
        lost = operation.movements.get(kind=StockMovement.Kind.LOST)
        assert (lost.location.kind, lost.delta, lost.value_delta) == ("transit", -1, -2)
        assert operation.reason == "box was wet"
        assert stock(product) == {"BACK": (3, "6.0000")}
        assert refreshed(transfer).state == "received"

    def test_extra_is_found_at_the_destination(self):
        product = make_product(stock=4, cost=Decimal(2))
        transfer = sent((product, 2))
        operation = receive(transfer, Arrival(2, extra=1), reason="packed twice")
        found = operation.movements.get(kind=StockMovement.Kind.FOUND)
        assert (found.location.code, found.delta) == ("BACK", 1)
        assert (reload(product).on_hand, only_line(transfer).extra) == (5, 1)

    @pytest.mark.parametrize("came", [Arrival(1, lost=1), Arrival(2, extra=1)])
    def test_a_difference_needs_a_reason(self, came):
        transfer = sent((make_product(stock=2), 2))
        with pytest.raises(FieldRefused) as caught:
            receive(transfer, came, reason="  ")
        assert list(caught.value.errors) == ["reason"]
        assert refreshed(transfer).state == "sent"

    @pytest.mark.parametrize("came", [Arrival(3), Arrival(2, lost=1), Arrival(0, 3)])
    def test_more_than_is_on_the_way(self, came):
        transfer = sent((make_product(stock=9), 2))
        with pytest.raises(InvalidLine, match="Only 2 of"):
            receive(transfer, came, reason="?")

    @pytest.mark.parametrize("came", [Arrival(-1), Arrival(1, -1), Arrival(1, 0, -1)])
    def test_below_zero(self, came):
        with pytest.raises(InvalidLine, match="below zero"):
            receive(sent((make_product(stock=2), 2)), came, reason="?")

    def test_nothing(self):
        with pytest.raises(NothingToPost):
            receive(sent((make_product(stock=2), 2)), Arrival())

    def test_before_it_was_sent_and_after_it_came(self):
        transfer = draft((make_product(stock=2), 2))
        with pytest.raises(WrongState, match="still a draft"):
            receive(transfer, Arrival(2))
        send(transfer)
        receive(transfer, Arrival(2))
        with pytest.raises(WrongState, match="was received already"):
            receive(transfer, Arrival(2))

    def test_somebody_else_received_meanwhile(self):
        transfer = sent((make_product(stock=2), 2))
        receive(transfer, Arrival(1))
        with pytest.raises(WrongState, match="Somebody else"):
            receive_transfer(
                transfer_id=transfer.pk,
                arrivals={only_line(transfer).pk: Arrival(1)},
                seen_version=transfer.version,
                circumstances=by(),
            )

    def test_goods_of_unknown_worth_are_valued_when_they_come(self):
        product = make_product(stock=2, cost=None)
        transfer = sent((product, 1))
        update_product(
            product_id=product.pk,
            changes={"cost": Decimal(5)},
            seen_version=product.version,
            circumstances=by(),
        )
        assert stock(product) == {"MAIN": (1, "5.0000"), "TRANSIT": (1, "0.0000")}
        receive(transfer, Arrival(1))
        assert stock(product) == {"MAIN": (1, "5.0000"), "BACK": (1, "5.0000")}


class TestCancel:
    def test_draft(self):
        product = make_product(stock=2)
        transfer = draft((product, 2))
        operation = cancel(transfer)
        assert refreshed(transfer).state == "cancelled"
        assert operation.kind == Operation.Kind.TRANSFER_CANCELLED
        assert not operation.movements.exists()

    def test_what_is_still_out_goes_back_with_its_value(self):
        product = make_product(stock=6, cost=Decimal("1.5"))
        transfer = sent((product, 4))
        receive(transfer, Arrival(1))
        cancel(transfer)
        assert stock(product) == {"MAIN": (5, "7.5000"), "BACK": (1, "1.5000")}
        assert refreshed(transfer).state == "cancelled"
        assert (only_line(transfer).received, only_line(transfer).value) == (1, 0)

    @pytest.mark.parametrize("end", [cancel, lambda one: receive(one, Arrival(2))])
    def test_what_has_ended(self, end):
        transfer = sent((make_product(stock=2), 2))
        end(transfer)
        with pytest.raises(WrongState):
            cancel(transfer)

    def test_same_key_again(self):
        transfer = sent((make_product(stock=2), 2))
        once = Once("cancel", {})
        assert cancel(transfer, once=once) == cancel(transfer, once=once)
        assert Transfer.objects.get().state == "cancelled"
