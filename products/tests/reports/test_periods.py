"""reports.periods: month ends, and what moved between two business dates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from products.models import Location
from products.reports.moments import end_of_day
from products.reports.periods import Moved, month_ends, movements_between
from products.reports.stock_totals import stock_totals
from products.services.balances import Balance
from products.services.deleting import delete_product
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_location, make_product, receive

pytestmark = pytest.mark.django_db


def moment(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def shop():
    """From January to April; on 20 April a delivery of 10 March was entered."""
    mug = make_product(stock=10, cost=Decimal(2), circumstances=by(now=moment(1, 5)))
    adjust(mug, -4, kind="sold", now=moment(2, 3))
    pan = make_product(stock=1, cost=Decimal(50), circumstances=by(now=moment(2, 4)))
    wrong = receive(mug, 100, cost="9", circumstances=by(now=moment(3, 1)))
    undo_operation(operation_id=wrong.pk, circumstances=by(now=moment(3, 2)))
    receive(
        mug,
        2,
        cost="2",
        circumstances=by(now=moment(4, 20), effective_at=moment(3, 10)),
    )
    delete_product(product_id=pan.pk, circumstances=by(now=moment(4, 21)))
    with time_machine.travel(moment(4, 25), tick=False):
        yield mug


class TestMonthEnds:
    def test_stock_at_each(self, shop):
        assert [(end.day, end.stock) for end in month_ends(4)] == [
            (date(2026, 4, 25), Balance(8, Decimal(16))),
            (date(2026, 3, 31), Balance(9, Decimal(66))),
            (date(2026, 2, 28), Balance(7, Decimal(62))),
            (date(2026, 1, 31), Balance(10, Decimal(20))),
            (date(2025, 12, 31), Balance(0, Decimal(0))),
        ]

    def test_same_as_the_stock_of_that_day(self, shop):
        transit = make_location("T", "Van", kind=Location.Kind.TRANSIT)
        receive(shop, 3, location=transit, circumstances=by(now=moment(4, 22)))
        for end in month_ends(12):
            overall = stock_totals(end_of_day(end.day)).overall
            assert Balance(overall.units, overall.value) == end.stock

    def test_two_queries(self, shop, django_assert_num_queries):
        with django_assert_num_queries(2):
            month_ends(24)

    def test_empty_shop(self):
        assert {end.stock for end in month_ends(12)} == {Balance()}


class TestMovements:
    def test_by_kind_and_business_date(self, shop):
        period = movements_between(date(2026, 3, 1), date(2026, 3, 31))
        assert period.opening == Balance(7, Decimal(62))
        assert period.moved == [
            Moved("received", "Received", 2, 102, 0, Decimal(904)),
            Moved("reversal", "Undone", 1, 0, 100, Decimal(-900)),
        ]
        assert period.closing == Balance(9, Decimal(66))

    def test_whole_history_adds_up_to_now(self, shop):
        period = movements_between(date(2026, 1, 1), date(2026, 4, 25))
        assert (period.opening, period.closing.quantity) == (Balance(), 8)
        assert sum(each.units for each in period.moved) == 8
        assert sum(each.value for each in period.moved) == 16

    def test_one_day(self, shop):
        (sold,) = movements_between(date(2026, 2, 3), date(2026, 2, 3)).moved
        assert (sold.label, sold.units_in, sold.units_out) == ("Sold", 0, 4)

    def test_three_queries(self, shop, django_assert_num_queries):
        with django_assert_num_queries(3):
            movements_between(date(2026, 1, 1), date(2026, 4, 25))
