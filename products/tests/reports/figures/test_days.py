"""reports.figures.days: what pages show of past days."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import DayFigures, Product
from products.reports.figures import days, refresh_days
from products.reports.figures.days import Day, recent_days
from products.tests.factories import adjust, by, make_product, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    """Ten units of 2.50 since three days ago; four fewer since yesterday."""
    now = timezone.now()
    made = make_product(circumstances=by(now=now - timedelta(days=3)))
    receive(made, 10, cost="2.50", circumstances=by(now=now - timedelta(days=3)))
    adjust(made, -4, now=now - timedelta(days=1))
    return made


def shown(*, with_cost: bool = True, on_demand: bool = True) -> list[Day]:
    return list(recent_days(with_cost=with_cost, on_demand=on_demand))


def test_the_stored_ones_are_one_query(
    product: Product, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    refresh_days()
    with django_assert_num_queries(1):
        found = shown()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert [day.units for day in found] == [10, 10, 6]
    assert found[-1] == Day(yesterday, 6, Decimal(15), 1, 0, 0)


def test_without_any_a_page_counts_once_and_stores_nothing(
    product: Product, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = shown()
    with django_assert_num_queries(1):
        assert shown() == found
    assert not DayFigures.objects.exists()
    refresh_days()
    assert shown() == found


def test_only_what_is_missing_is_counted(product: Product) -> None:
    refresh_days()
    yesterday = timezone.localdate() - timedelta(days=1)
    DayFigures.objects.filter(day=yesterday).delete()
    DayFigures.objects.update(units=12)
    assert [day.units for day in shown()] == [12, 12, 6]


def test_a_large_shop_counts_for_no_page(product: Product) -> None:
    assert shown(on_demand=False) == []


def test_what_nobody_knows_is_left_out(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "MOST", 0)
    assert [day.units for day in shown()] == [6]
    refresh_days()
    first = DayFigures.objects.earliest("day")
    DayFigures.objects.filter(day=first.day).update(
        units=None, value=None, skus=None, low=None, out=None
    )
    assert [day.units for day in shown()] == [10, 6]


def test_one_of_several_counts(product: Product) -> None:
    name = f"products.figures.days.{timezone.localdate()}.all.claim"
    cache.add(name, 1)
    assert shown() == []


def test_a_value_is_not_read_for_those_who_may_not_see_it(
    product: Product, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert [day.value for day in shown(with_cost=False)] == [None] * 3
    refresh_days()
    with django_assert_num_queries(1) as queries:
        assert [day.value for day in shown(with_cost=False)] == [None] * 3
    (asked,) = queries.captured_queries
    assert "value" not in asked["sql"]
    assert shown()[0].value == 25


def test_older_days_are_not_shown(product: Product) -> None:
    refresh_days()
    row = DayFigures.objects.earliest("day")
    row.day -= timedelta(days=40)
    row.save(force_insert=True)
    assert len(shown()) == 3
