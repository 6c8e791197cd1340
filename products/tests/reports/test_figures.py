from decimal import Decimal

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from products.models import Location, Product
from products.reports.figures import shop_figures
from products.services.archiving import archive_products
from products.tests.factories import by, make_location, make_product, receive

pytestmark = pytest.mark.django_db


def test_empty_shop() -> None:
    figures = shop_figures(with_cost=True)
    assert figures.is_empty
    assert (figures.units, figures.skus, figures.low, figures.out) == (0, 0, 0, 0)
    assert figures.value == 0


def test_counts_and_value(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_product(stock=10, cost=Decimal("2.50"), reorder_point=10)
    make_product(stock=5)
    make_product(status=Product.Status.DRAFT)
    with django_assert_num_queries(1):
        figures = shop_figures(with_cost=True)
    assert (figures.units, figures.stocked) == (15, 2)
    assert (figures.skus, figures.active) == (3, 2)
    assert (figures.low, figures.out, figures.without_cost) == (1, 1, 1)
    assert figures.value == Decimal(25)


def test_the_archive_counts_for_nothing() -> None:
    product = make_product(stock=4, cost=Decimal(3), reorder_point=9)
    archive_products(product_ids=[product.pk], circumstances=by())
    figures = shop_figures(with_cost=True)
    assert not figures.is_empty
    assert (figures.units, figures.skus, figures.low, figures.out) == (0, 0, 0, 0)
    assert figures.value == 0


def test_goods_in_transit_are_neither_units_nor_value() -> None:
    product = make_product(stock=1, cost=Decimal(3))
    lorry = make_location("ROAD", "On the road", kind=Location.Kind.TRANSIT)
    receive(product, 7, cost="3", location=lorry)
    figures = shop_figures(with_cost=True)
    assert (figures.units, figures.value) == (1, Decimal(3))


def test_costs_are_not_read_for_those_who_may_not_see_them() -> None:
    make_product(stock=1)
    figures = shop_figures(with_cost=False)
    assert figures.value is None
    assert figures.without_cost == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value")
def test_a_spoilt_value_spoils_itself_only() -> None:
    make_product(stock=2, cost=Decimal(3))
    spoilt = make_product(stock=2, cost=Decimal(3))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE products_stocklevel SET value = 'dear' WHERE product_id = %s",
            [spoilt.pk],
        )
    assert shop_figures(with_cost=True).value == Decimal(6)
