"""services.stocktake_results: counted against the ledger at the counting moment."""

from decimal import Decimal

import pytest
from django.utils import timezone

from products.models import Location
from products.services import stocktake_results
from products.services.balances import balance_at
from products.services.deleting import delete_product
from products.services.reservations import Wanted, hold_stock
from products.services.stocktake_decisions import ask_recount
from products.services.stocktake_results import outcomes_of
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.stocktaking import (
    count,
    line_of,
    minutes,
    outcome_of,
    review,
    started,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def at(ago: float, *, late_for: float | None = None):
    """Circumstances of so many minutes ago, of another business date if need be."""
    effective_at = None if late_for is None else NOW - minutes(late_for)
    return by(now=NOW - minutes(ago), effective_at=effective_at)


@pytest.fixture
def product():
    return make_product(sku="MUG", stock=10, cost=Decimal(2), circumstances=at(600))


@pytest.fixture
def stocktake(product):
    return started(now=NOW - minutes(300))


def counted(stocktake, product, quantity, *, ago, **details):
    return count(stocktake, product, quantity, now=NOW - minutes(ago), **details)


class TestMoment:
    def test_what_is_sold_after_the_count_makes_no_difference(self, stocktake, product):
        counted(stocktake, product, 10, ago=60)
        receive(product, 5, circumstances=at(30))
        adjust(product, -3, now=NOW - minutes(20))
        outcome = outcome_of(stocktake, product)
        assert (outcome.expected, outcome.difference) == (10, 0)
        assert (outcome.moved_since, outcome.on_hand) == (2, 12)

    def test_what_was_sold_before_it_counts(self, stocktake, product):
        adjust(product, -3, now=NOW - minutes(90))
        counted(stocktake, product, 6, ago=60)
        outcome = outcome_of(stocktake, product)
        assert (outcome.expected, outcome.difference, outcome.moved_since) == (7, -1, 0)

    def test_last_of_several_counts_is_the_moment(self, stocktake, product):
        counted(stocktake, product, 4, ago=90, shelf="A")
        adjust(product, -1, now=NOW - minutes(60))
        counted(stocktake, product, 5, ago=30, shelf="B")
        outcome = outcome_of(stocktake, product)
        assert (outcome.counted, outcome.expected, outcome.difference) == (9, 9, 0)

    def test_late_entry_belongs_to_its_business_date(self, stocktake, product):
        counted(stocktake, product, 10, ago=60)
        receive(product, 4, circumstances=at(30, late_for=90))  # was there when counted
        receive(product, 2, circumstances=at(20, late_for=40))  # came after it
        outcome = outcome_of(stocktake, product)
        assert (outcome.expected, outcome.difference) == (14, -4)
        assert (outcome.moved_since, outcome.on_hand) == (2, 16)

    def test_agrees_with_the_balance_of_that_moment(self, stocktake, product):
        made = counted(stocktake, product, 1, ago=60)
        receive(product, 4, circumstances=at(30, late_for=90))
        adjust(product, -2, now=NOW - minutes(10))
        place = Location.objects.get_default().pk
        expected = balance_at(product.pk, place, made.counted_at).quantity
        assert outcome_of(stocktake, product).expected == expected

    def test_sale_between_the_readings(self, stocktake, product, monkeypatch):
        def read_and_sell(*args):
            books = read(*args)
            adjust(product, -3)
            return books

        counted(stocktake, product, 10, ago=60)
        read = stocktake_results._books
        monkeypatch.setattr(stocktake_results, "_books", read_and_sell)
        assert outcome_of(stocktake, product).expected == 10

    def test_other_locations_do_not_matter(self, stocktake, product):
        receive(product, 7, location=make_location(), circumstances=at(90))
        counted(stocktake, product, 10, ago=60)
        assert outcome_of(stocktake, product).difference == 0


class TestNotCounted:
    def test_is_not_zero(self, stocktake, product):
        outcome = outcome_of(stocktake, product)
        assert (outcome.counted, outcome.difference, outcome.need) == (None, None, None)

    def test_is_zero_with_the_tick_at_the_last_count_of_all(self, product):
        other = make_product(stock=1, circumstances=at(500))
        stocktake = started(now=NOW - minutes(300), sets_uncounted_to_zero=True)
        adjust(product, -2, now=NOW - minutes(90))
        counted(stocktake, other, 1, ago=60)
        receive(product, 5, circumstances=at(30))  # nobody could have seen it
        outcome = outcome_of(stocktake, product)
        assert (outcome.counted, outcome.expected, outcome.difference) == (0, 8, -8)
        assert outcome.is_assumed
        assert outcome.on_hand + outcome.difference == 5

    def test_tick_alone_says_nothing(self, product):
        stocktake = started(sets_uncounted_to_zero=True)
        assert outcome_of(stocktake, product).counted is None


class TestNeeds:
    def test_below_zero(self, stocktake, product):
        counted(stocktake, product, 4, ago=60)  # expected 10
        adjust(product, -6, now=NOW - minutes(30))
        outcome = outcome_of(stocktake, product)
        assert (outcome.difference, outcome.on_hand) == (-6, 4)
        assert outcome.need == "below_zero"
        assert not outcome.is_confirmable

    def test_below_what_is_held(self, stocktake, product):
        hold_stock(wanted=[Wanted(product.pk, 6)], circumstances=by())
        counted(stocktake, product, 5, ago=0)
        assert outcome_of(stocktake, product).need == "below_held"

    def test_exactly_what_is_held_is_possible(self, stocktake, product):
        hold_stock(wanted=[Wanted(product.pk, 6)], circumstances=by())
        counted(stocktake, product, 6, ago=0)
        assert outcome_of(stocktake, product).need is None

    def test_more_than_one_line_can_move(self, stocktake, product):
        for _shelf in range(2):
            counted(stocktake, product, 900_000_000, ago=0)
        assert outcome_of(stocktake, product).need == "too_large"

    @pytest.mark.parametrize(
        ("thresholds", "quantity", "need"),
        [
            ({}, 0, None),
            ({"threshold_percent": 20}, 8, None),
            ({"threshold_percent": 20}, 7, "variance"),
            ({"threshold_percent": 20}, 13, "variance"),
            ({"threshold_percent": 0}, 10, None),
            ({"threshold_percent": 0}, 9, "variance"),
            ({"threshold_value": Decimal(4)}, 8, None),
            ({"threshold_value": Decimal(4)}, 7, "variance"),
            ({"threshold_value": Decimal(4), "threshold_percent": 500}, 7, "variance"),
            ({"threshold_value": Decimal(400), "threshold_percent": 5}, 9, "variance"),
        ],
        ids=str,
    )
    def test_above_a_threshold(self, product, thresholds, quantity, need):
        stocktake = started(**thresholds)
        count(stocktake, product, quantity)
        assert outcome_of(stocktake, product).need == need

    def test_anything_found_is_above_a_percentage_of_nothing(self, product):
        stocktake = started(threshold_percent=50)
        other = make_product()
        count(stocktake, other, 1)
        assert outcome_of(stocktake, other).need == "variance"


class TestRecount:
    def again(self, stocktake, product, quantity, **details):
        review(stocktake)
        line = line_of(stocktake, product)
        ask_recount(stocktake_id=stocktake.pk, line_ids=[line.pk])
        if quantity is not None:
            count(stocktake, product, quantity, **details)

    @pytest.fixture
    def stocktake(self, product):
        return started(threshold_percent=5)

    def test_is_waited_for(self, stocktake, product):
        count(stocktake, product, 4)
        self.again(stocktake, product, None)
        outcome = outcome_of(stocktake, product)
        assert (outcome.need, outcome.counted) == ("recount", None)

    def test_by_somebody_else_settles_it(self, stocktake, product, clerk, admin):
        count(stocktake, product, 4, by=clerk)
        self.again(stocktake, product, 5, by=admin)
        outcome = outcome_of(stocktake, product)
        assert (outcome.counted, outcome.difference, outcome.need) == (5, -5, None)
        assert outcome.counters == ("Ada Admin",)

    def test_by_the_same_person_does_not(self, stocktake, product, clerk, admin):
        count(stocktake, product, 4, by=clerk)
        self.again(stocktake, product, 4, by=clerk)
        assert outcome_of(stocktake, product).need == "variance"
        count(stocktake, product, 0, by=admin)  # a helping hand is no second opinion
        assert outcome_of(stocktake, product).need == "variance"


class TestValue:
    def test_at_the_average(self, stocktake, product):
        receive(product, 10, cost="4", circumstances=at(400))
        counted(stocktake, product, 18, ago=0)
        assert outcome_of(stocktake, product).value == Decimal("-6.0000")

    def test_at_the_cost_where_nothing_is_left(self, stocktake, product):
        adjust(product, -10, now=NOW - minutes(100))
        counted(stocktake, product, 3, ago=0)
        assert outcome_of(stocktake, product).value == Decimal(6)

    def test_unknown(self, stocktake):
        other = make_product(stock=2, cost=None)
        count(stocktake, other, 5)
        assert outcome_of(stocktake, other).value is None


def test_product_that_is_gone_keeps_what_was_counted(stocktake, product):
    counted(stocktake, product, 4, ago=60)
    line = line_of(stocktake, product)
    delete_product(product_id=product.pk, circumstances=by())
    [outcome] = outcomes_of(stocktake, [line])
    assert (outcome.counted, outcome.difference, outcome.need) == (4, None, None)
    assert outcome.is_gone


def test_four_queries_for_many(stocktake, product, django_assert_num_queries):
    for _number in range(20):
        count(stocktake, make_product(stock=1), 1)
    count(stocktake, reload(product), 1)
    lines = list(stocktake.lines.all())
    with django_assert_num_queries(4):
        assert len(list(outcomes_of(stocktake, lines))) == 21
