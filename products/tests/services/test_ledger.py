"""services.ledger.post: movements, levels, totals, value and the chain."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from products.errors import InsufficientStock, InvalidLine, ProductGone
from products.models import Location, Operation, Product, StockLevel, StockMovement
from products.services.chain import GENESIS, movement_hash
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import start_operation
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
Kind = StockMovement.Kind


def operation() -> Operation:
    return start_operation(Operation.Kind.STOCK_ADJUSTED, by())[0]


def level(product) -> StockLevel:
    return StockLevel.objects.get(product=product)


class TestBalances:
    def test_level_total_and_movement_agree(self):
        product = make_product(stock=10)
        adjust(product, -3)
        movement = product.movements.first()
        assert (movement.delta, movement.balance_after) == (-3, 7)
        assert level(product).on_hand == reload(product).on_hand == 7

    def test_totals_add_up_over_locations(self):
        product = make_product(stock=10)
        receive(product, 5, location=make_location())
        assert reload(product).on_hand == 15

    def test_transit_is_not_on_hand(self):
        product = make_product(stock=10)
        receive(product, 5, location=make_location("T", "Van", kind="transit"))
        fresh = reload(product)
        assert (fresh.on_hand, fresh.in_transit, fresh.available) == (10, 5, 10)

    def test_totals_are_those_of_all_levels_whatever_they_were(self):
        one, other = (make_product(sku=sku, stock=10) for sku in "AB")
        for product in (one, other):
            receive(product, 5, location=make_location(product.sku))
        Product.objects.update(on_hand=99, in_transit=7)
        adjust(one, -1)
        assert (reload(one).on_hand, reload(one).in_transit) == (14, 0)
        lines = [
            Line(each.pk, place_of(each).location_id, Kind.SOLD, delta=-1)
            for each in (one, other)
        ]
        post(operation(), lines)
        totals = [(it.on_hand, it.in_transit) for it in map(reload, (one, other))]
        assert totals == [(13, 0), (14, 0)]

    def test_stock_status_follows(self):
        product = make_product(stock=10, reorder_point=4)
        assert product.stock_status == "in_stock"
        adjust(product, -6)
        assert reload(product).stock_status == "low"
        adjust(product, -4)
        assert reload(product).stock_status == "out"

    def test_lines_of_one_level_follow_each_other(self):
        product = make_product()
        main = Location.objects.get_default().pk
        lines = [Line(product.pk, main, Kind.RECEIVED, delta=d) for d in (5, -2, 1)]
        posted = post(operation(), lines)
        assert [m.balance_after for m in posted] == [5, 3, 4]
        assert [m.sequence for m in posted] == [1, 2, 3]

    def test_count_that_matches_posts_nothing(self):
        product = make_product(stock=4)
        main = Location.objects.get_default().pk
        assert post(operation(), [Line(product.pk, main, Kind.FOUND, counted=4)]) == []


class TestRefusals:
    def test_never_below_zero_and_says_how_many_there_are(self):
        product = make_product(stock=3)
        with pytest.raises(InsufficientStock, match="Only 3 are available"):
            adjust(product, -4)
        assert reload(product).on_hand == 3

    def test_every_short_line_is_named_and_nothing_is_written(self):
        plenty, short, shorter = make_product(stock=9), make_product(), make_product()
        main = Location.objects.get_default().pk
        lines = [
            Line(p.pk, main, Kind.SOLD, delta=-2) for p in (plenty, short, shorter)
        ]
        with pytest.raises(InsufficientStock) as caught:
            post(operation(), lines)
        assert [s.sku for s in caught.value.shorts] == [short.sku, shorter.sku]
        assert reload(plenty).on_hand == 9

    def test_deleted_product_is_named(self):
        main = Location.objects.get_default().pk
        with pytest.raises(ProductGone):
            post(operation(), [Line(999, main, Kind.FOUND, delta=1)])

    @pytest.mark.parametrize(
        "line", [{"delta": 10**9}, {"counted": -1}, {"delta": 1, "unit_cost": -1}]
    )
    def test_impossible_lines(self, line):
        product = make_product()
        main = Location.objects.get_default().pk
        with pytest.raises(InvalidLine):
            post(operation(), [Line(product.pk, main, Kind.FOUND, **line)])

    def test_stock_worth_more_than_the_books_can_hold(self):
        product = make_product(stock=1, cost=Decimal("999999.99"))
        with pytest.raises(InvalidLine, match="worth more than can be booked"):
            receive(product, 1_000_000)
        assert reload(product).on_hand == 1

    def test_nothing_goes_into_a_location_out_of_use(self):
        shut = make_location(is_active=False)
        with pytest.raises(InvalidLine, match="not in use"):
            receive(make_product(), 1, location=shut)

    def test_nor_by_a_count(self):
        product = make_product(stock=1, location=make_location())
        Location.objects.filter(code="BACK").update(is_active=False)
        counted = Line(product.pk, level(product).location_id, Kind.COUNTED, counted=2)
        with pytest.raises(InvalidLine, match="not in use"):
            post(operation(), [counted])

    def test_no_more_is_held_than_is_available(self):
        product = make_product(stock=5)
        key = (product.pk, level(product).location_id)
        post(operation(), [], holding={key: 3})
        with pytest.raises(InsufficientStock):
            post(operation(), [], holding={key: 3})


class TestValue:
    def test_moving_average(self):
        product = make_product()
        receive(product, 10, cost="3")
        receive(product, 10, cost="5")
        adjust(product, -5)
        assert level(product).value == Decimal(60)

    def test_rounding_rest_leaves_with_the_last_unit(self):
        product = make_product()
        receive(product, 3, cost="0.333333")
        for _ in range(3):
            adjust(product, -1)
        assert level(product).value == 0
        assert sum(m.value_delta for m in product.movements.all()) == 0

    def test_without_cost_takes_average_then_product_cost_then_unknown(self):
        known, unknown = make_product(cost=Decimal(4)), make_product()
        for product in (known, unknown):
            receive(product, 2)
        assert level(known).value == 8
        assert level(unknown).value == 0
        assert unknown.movements.get().unit_cost is None

    def test_revaluation_moves_no_stock(self):
        product = make_product(stock=2, cost=Decimal(4))
        main = Location.objects.get_default().pk
        line = Line(product.pk, main, Kind.REVALUED, value_delta=Decimal(-3))
        post(operation(), [line])
        assert (level(product).on_hand, level(product).value) == (2, 5)


class TestTime:
    def test_clock_that_jumps_back_is_held(self):
        product = make_product(stock=1)
        receive(product, 1, circumstances=by(now=timezone.now() - timedelta(days=1)))
        last, first = product.movements.all()
        assert last.recorded_at == first.recorded_at

    def test_late_entry_is_marked(self):
        earlier = timezone.now() - timedelta(days=2)
        product = make_product()
        receive(product, 1, circumstances=by(effective_at=earlier))
        movement = product.movements.get()
        assert movement.is_backdated
        assert movement.effective_at == earlier < movement.recorded_at

    def test_business_date_is_never_later_than_the_record(self):
        product = make_product()
        tomorrow = timezone.now() + timedelta(days=1)
        receive(product, 1, circumstances=by(effective_at=tomorrow))
        movement = product.movements.get()
        assert movement.effective_at == movement.recorded_at


class TestChain:
    def test_each_hash_covers_its_row_and_the_one_before(self):
        product = make_product(stock=5, cost=Decimal("1.25"))
        adjust(product, -2)
        first, second = product.movements.order_by("sequence")
        assert first.previous_hash == GENESIS
        assert second.previous_hash == first.hash
        assert movement_hash(first) == first.hash
        assert movement_hash(second) == second.hash == level(product).last_hash

    def test_the_stored_row_has_its_hash_without_a_known_cost(self):
        product = make_product(stock=5)
        adjust(product, -2)
        last = product.movements.latest("pk")
        assert (last.value_delta, movement_hash(last)) == (0, last.hash)

    def test_any_edit_breaks_the_hash(self):
        movement = make_product(stock=5).movements.get()
        movement.delta = 6
        assert movement_hash(movement) != movement.hash


class TestLeaving:
    def test_emptied_levels_go_and_the_chain_stays(self):
        going, staying = make_product(stock=5), make_product(sku="B", stock=5)
        lines = [
            Line(each.pk, place_of(each).location_id, Kind.WRITTEN_OFF, delta=-5)
            for each in (going, staying)
        ]
        post(operation(), lines, leaving=[going.pk])
        assert [row.product for row in StockLevel.objects.all()] == [staying]
        assert reload(staying).on_hand == 0
        balances = going.movements.order_by("sequence")
        assert [row.balance_after for row in balances] == [5, 0]

    def test_a_level_with_something_left_is_kept_and_right(self):
        product = make_product(stock=5)
        place = place_of(product).location_id
        line = Line(product.pk, place, Kind.WRITTEN_OFF, delta=-4)
        post(operation(), [line], leaving=[product.pk])
        assert level(product).on_hand == 1
