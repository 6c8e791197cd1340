"""services.reservations: holding, renewing, releasing and fulfilling; all or none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.errors import (
    CannotUndo,
    DocumentGone,
    FieldRefused,
    InsufficientStock,
    InvalidLine,
    NothingToPost,
    WrongState,
)
from products.models import Hold, Location, Operation, StockLevel
from products.services import reservations
from products.services.expiry import expire_holds
from products.services.operations import Once
from products.services.reservations import (
    Wanted,
    fulfil_holds,
    hold_stock,
    release_holds,
    renew_holds,
)
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


def hold(product, quantity, **kwargs):
    location = kwargs.pop("location", None)
    wanted = [Wanted(product.pk, quantity, location.pk if location else None)]
    return hold_stock(wanted=wanted, circumstances=by(), **kwargs)


def ids(operation):
    return list(operation.holds.values_list("pk", flat=True))


def figures(product):
    row = reload(product)
    return row.on_hand, row.reserved, row.available


class TestHolding:
    def test_makes_stock_unavailable_without_moving_it(self):
        product = make_product(stock=5)
        operation = hold(product, 3)
        assert operation.kind == Operation.Kind.STOCK_HELD
        assert not operation.movements.exists()
        assert figures(product) == (5, 3, 2)

    def test_held_stock_cannot_be_taken(self):
        product = make_product(stock=5)
        hold(product, 3)
        with pytest.raises(InsufficientStock, match="Only 2 are available"):
            adjust(product, -3)
        adjust(product, -2)
        assert figures(product) == (3, 3, 0)

    def test_any_location_is_asked_by_priority(self):
        product = make_product(stock=2)
        back = make_location(priority=5)
        attic = make_location(code="ATTIC", name="Attic", priority=9)
        receive(product, 10, location=attic)
        receive(product, 3, location=back)
        made = {
            held.location_id: held.quantity for held in hold(product, 6).holds.all()
        }
        main = Location.objects.get_default()
        assert made == {main.pk: 2, back.pk: 3, attic.pk: 1}

    def test_named_location_only(self):
        product = make_product(stock=5)
        back = make_location()
        receive(product, 1, location=back)
        with pytest.raises(InsufficientStock) as refused:
            hold(product, 2, location=back)
        assert refused.value.shorts[0].location == back.name

    def test_every_short_line_is_named_and_nothing_held(self):
        full, first, second = make_product(stock=9), make_product(), make_product()
        wanted = [Wanted(pk, 2) for pk in (full.pk, first.pk, second.pk)]
        with pytest.raises(InsufficientStock) as refused:
            hold_stock(wanted=wanted, circumstances=by())
        assert [short.sku for short in refused.value.shorts] == [first.sku, second.sku]
        assert figures(full) == (9, 0, 9)
        assert not Hold.objects.exists()

    def test_two_lines_of_one_product_share_what_is_there(self):
        product = make_product(stock=5)
        wanted = [Wanted(product.pk, 3), Wanted(product.pk, 3)]
        with pytest.raises(InsufficientStock):
            hold_stock(wanted=wanted, circumstances=by())

    @pytest.mark.parametrize("quantity", [0, -1, 10**12])
    def test_senseless_quantity(self, quantity):
        with pytest.raises(InvalidLine):
            hold(make_product(stock=5), quantity)

    def test_no_line(self):
        with pytest.raises(NothingToPost):
            hold_stock(wanted=[], circumstances=by())

    def test_time_that_is_over(self):
        with pytest.raises(FieldRefused):
            hold(make_product(stock=5), 1, expires_at=timezone.now())

    def test_same_request_twice_holds_once(self):
        product = make_product(stock=5)
        once = Once("key-hold", {"quantity": 2})
        first, second = (
            hold_stock(wanted=[Wanted(product.pk, 2)], circumstances=by(once=once))
            for _attempt in range(2)
        )
        assert first == second
        assert figures(product) == (5, 2, 3)


class TestEnding:
    def test_release(self):
        product = make_product(stock=5)
        held = ids(hold(product, 3))
        release_holds(hold_ids=held, circumstances=by())
        assert figures(product) == (5, 0, 5)
        assert Hold.objects.get().state == Hold.State.RELEASED

    def test_fulfil_takes_on_hand_and_held_together(self):
        product = make_product(stock=5)
        operation = fulfil_holds(hold_ids=ids(hold(product, 3)), circumstances=by())
        assert operation.movements.get().delta == -3
        assert figures(product) == (2, 0, 2)

    def test_late_fulfilment_has_its_business_date(self):
        product = make_product(stock=5)
        on_friday = timezone.now() - timedelta(days=3)
        circumstances = by(effective_at=on_friday)
        done = fulfil_holds(hold_ids=ids(hold(product, 3)), circumstances=circumstances)
        assert done.movements.get().effective_at == on_friday

    def test_late_fulfilment_locks_the_closing_before_the_products(self, monkeypatch):
        held = ids(hold(make_product(stock=5), 3))
        order = []
        for name in ("check_open", "open_stock"):
            call = getattr(reservations, name)

            def noted(*args, _name=name, _call=call, **kwargs):
                order.append(_name)
                return _call(*args, **kwargs)

            monkeypatch.setattr(reservations, name, noted)
        late = by(effective_at=timezone.now() - timedelta(days=1))
        fulfil_holds(hold_ids=held, circumstances=late)
        assert order == ["check_open", "open_stock"]

    def test_renew(self):
        product = make_product(stock=5)
        soon, later = (timezone.now() + timedelta(days=day) for day in (1, 2))
        held = ids(hold(product, 3, expires_at=soon))
        renew_holds(hold_ids=held, expires_at=later, circumstances=by())
        assert Hold.objects.get().expires_at == later

    @pytest.mark.parametrize("step", [release_holds, fulfil_holds])
    def test_what_has_ended_ends_no_more(self, step):
        held = ids(hold(make_product(stock=5), 3))
        release_holds(hold_ids=held, circumstances=by())
        with pytest.raises(WrongState, match="has ended"):
            step(hold_ids=held, circumstances=by())

    @pytest.mark.parametrize("step", [release_holds, fulfil_holds])
    def test_unknown_or_none(self, step):
        with pytest.raises(DocumentGone):
            step(hold_ids=[99], circumstances=by())
        with pytest.raises(NothingToPost):
            step(hold_ids=[], circumstances=by())


class TestExpiry:
    @pytest.fixture
    def product(self):
        """Five on hand, three of them held until a moment that has passed."""
        product = make_product(stock=5)
        past = timezone.now() - timedelta(hours=2)
        hold_stock(
            wanted=[Wanted(product.pk, 3)],
            circumstances=by(now=past),
            expires_at=past + timedelta(hours=1),
        )
        return product

    def test_posting_lets_it_go_first(self, product):
        adjust(product, -5)
        assert figures(product) == (0, 0, 0)
        ended = Hold.objects.get()
        assert ended.state == Hold.State.EXPIRED
        assert ended.closed_at == ended.expires_at

    def test_new_hold_lets_it_go_first(self, product):
        hold(product, 5)
        assert figures(product) == (5, 5, 0)

    def test_expired_hold_cannot_be_fulfilled(self, product):
        with pytest.raises(WrongState, match="Expired"):
            fulfil_holds(hold_ids=[Hold.objects.get().pk], circumstances=by())

    def test_tidying(self, product):
        hold(make_product(stock=1), 1)
        assert expire_holds() == 1
        assert figures(product) == (5, 0, 5)
        assert expire_holds() == 0


class TestUndo:
    def test_undo_of_a_hold_releases_it_and_back(self):
        product = make_product(stock=5)
        undoing = undo_operation(operation_id=hold(product, 3).pk, circumstances=by())
        assert figures(product) == (5, 0, 5)
        undo_operation(operation_id=undoing.pk, circumstances=by())
        assert figures(product) == (5, 3, 2)

    def test_undo_of_a_fulfilment_holds_again(self):
        product = make_product(stock=5)
        done = fulfil_holds(hold_ids=ids(hold(product, 3)), circumstances=by())
        undo_operation(operation_id=done.pk, circumstances=by())
        assert figures(product) == (5, 3, 2)

    def test_undo_of_a_release_whose_stock_is_sold(self):
        product = make_product(stock=5)
        done = release_holds(hold_ids=ids(hold(product, 3)), circumstances=by())
        adjust(product, -4)
        with pytest.raises(CannotUndo, match="Only 1"):
            undo_operation(operation_id=done.pk, circumstances=by())
        assert StockLevel.objects.get().reserved == 0

    def test_undo_of_a_hold_that_was_fulfilled_since(self):
        operation = hold(make_product(stock=5), 3)
        fulfil_holds(hold_ids=ids(operation), circumstances=by())
        with pytest.raises(CannotUndo, match="has gone on since"):
            undo_operation(operation_id=operation.pk, circumstances=by())
