from decimal import Decimal

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from products.models import Location
from products.reports.levels import Level, has_several_locations, levels_of
from products.tests.factories import make_location, make_product, receive

pytestmark = pytest.mark.django_db


def test_each_location_with_the_default_first(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    product = make_product()
    attic, main = make_location("A", "Attic"), Location.objects.get_default()
    receive(product, 3, cost="4", location=attic)
    receive(product, 5, cost="2")
    with django_assert_num_queries(1):
        levels = levels_of(product.pk)
    assert levels.rows == [
        Level(main.pk, "Main store", "", 5, 0),
        Level(attic.pk, "Attic", "", 3, 0),
    ]
    assert levels.rows[0].available == 5
    assert levels.value == Decimal(22)
    assert levels.unit_value == Decimal("2.75")


def test_goods_in_transit_are_at_no_location() -> None:
    product = make_product()
    receive(product, 3, location=make_location("R", "R", kind=Location.Kind.TRANSIT))
    assert levels_of(product.pk).rows == []


def test_without_stock_nothing_has_a_unit_value() -> None:
    levels = levels_of(make_product().pk)
    assert (levels.value, levels.unit_value) == (Decimal(0), None)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value")
def test_a_spoilt_value_is_unknown() -> None:
    product = make_product(stock=2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE products_stocklevel SET value = 'dear'")
    levels = levels_of(product.pk)
    assert (levels.value, levels.unit_value) == (None, None)
    assert levels.rows[0].on_hand == 2


def test_several_locations_are_those_that_hold_stock() -> None:
    make_location("R", "R", kind=Location.Kind.TRANSIT)
    assert not has_several_locations()
    make_location()
    assert has_several_locations()
