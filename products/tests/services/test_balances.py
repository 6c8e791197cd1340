"""services.balances: one level, or many, at a moment by business date."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from products.models import Location
from products.services.balances import (
    Balance,
    balance_at,
    balances_of,
    late_balances,
)
from products.services.deleting import delete_product
from products.services.undo import undo_operation
from products.tests.factories import by, make_location, make_product, receive

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
DAY = timedelta(days=1)


def at(days: float, *, late_for: float | None = None):
    """Circumstances of `days` from now, entered late for another day if need be."""
    effective_at = None if late_for is None else NOW + late_for * DAY
    return by(now=NOW + days * DAY, effective_at=effective_at)


def units(product, days: float, location=None) -> int:
    place = location or Location.objects.get_default()
    return balance_at(product.pk, place.pk, NOW + days * DAY).quantity


@pytest.fixture
def product():
    """Five on the first day, three more on the third, at 2.00 and at 4.00."""
    product = make_product(stock=5, cost=Decimal(2), circumstances=at(-9))
    receive(product, 3, cost="4", circumstances=at(-7))
    return product


class TestOneLevel:
    def test_balance_of_each_day(self, product):
        assert [units(product, day) for day in (-10, -8, -6)] == [0, 5, 8]

    def test_moment_of_the_record_is_included(self, product):
        assert units(product, -9) == 5

    def test_value(self, product):
        main = Location.objects.get_default().pk
        assert balance_at(product.pk, main, NOW) == Balance(8, Decimal(22))
        assert balance_at(product.pk, main, NOW - 8 * DAY).value == 10

    def test_late_entry_counts_from_its_business_date(self, product):
        receive(product, 4, cost="1", circumstances=at(-1, late_for=-8))
        days = (-8.5, -8, -7, -2, -1, 0)
        assert [units(product, day) for day in days] == [5, 9, 12, 12, 12, 12]
        main = Location.objects.get_default().pk
        assert balance_at(product.pk, main, NOW - 8 * DAY) == Balance(9, Decimal(14))

    def test_locations_are_apart(self, product):
        back = make_location()
        receive(product, 2, location=back, circumstances=at(-5))
        assert (units(product, 0), units(product, 0, back)) == (8, 2)
        assert units(product, -6, back) == 0

    def test_product_that_is_gone(self, product):
        delete_product(product_id=product.pk, circumstances=at(-3))
        assert [units(product, day) for day in (-4, -3)] == [8, 0]

    def test_undone_operation_counts_until_it_was_undone(self, product):
        operation = receive(product, 9, circumstances=at(-5))
        undo_operation(operation_id=operation.pk, circumstances=at(-4))
        assert [units(product, day) for day in (-5, -4)] == [17, 8]

    def test_two_queries(self, product, django_assert_num_queries):
        with django_assert_num_queries(2):
            balance_at(product.pk, 1, NOW)


class TestManyLevels:
    def test_same_as_one_by_one(self, product):
        back, other = make_location(), make_product(stock=7, circumstances=at(-6))
        receive(product, 2, location=back, circumstances=at(-1, late_for=-8))
        receive(other, 1, circumstances=at(-1, late_for=-6.5))
        delete_product(product_id=other.pk, circumstances=at(-0.5))
        places = (Location.objects.get_default(), back)
        products = (product.pk, other.pk)
        keys = [(pk, place.pk) for pk in products for place in places]
        for day in (-10, -8, -7, -6.5, -6, -3, -1, 0):
            moment = NOW + day * DAY
            found = balances_of(products, moment)
            assert {key: found.get(key, Balance()) for key in keys} == {
                key: balance_at(*key, moment) for key in keys
            }

    def test_product_without_movements_has_none(self):
        assert balances_of([0], NOW) == {}

    def test_two_queries_for_many(self, product, django_assert_num_queries):
        products = [product.pk, *(make_product(stock=1).pk for _ in range(20))]
        with django_assert_num_queries(2):
            balances_of(products, NOW)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others plan by statistics")
class TestPlans:
    def plan_of(self, ask) -> str:
        with CaptureQueriesContext(connection) as context:
            ask()
        plans = []
        with connection.cursor() as cursor:
            for query in context.captured_queries:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans += [row[3] for row in cursor.fetchall()]
        return "\n".join(plans)

    def test_one_level_is_an_index_look_up(self, product):
        plan = self.plan_of(lambda: balance_at(product.pk, 1, NOW))
        assert plan.count("movement_balances (product_id=? AND") == 2
        assert "SCAN" not in plan

    def test_many_levels_are_look_ups_too(self, product):
        plan = self.plan_of(lambda: balances_of([product.pk], NOW))
        assert plan.count("movement_balances (product_id=? AND") == 3
        assert "SCAN" not in plan

    def test_late_entries_are_found_by_their_index(self, product):
        plan = self.plan_of(lambda: late_balances(NOW))
        assert "movement_late (is_backdated=? AND effective_at<?)" in plan
