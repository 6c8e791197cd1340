"""reports.figures.counting: at once and by index, which must say the same."""

from decimal import Decimal

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from products.models import Location, Product
from products.reports.figures import Figures, counting
from products.reports.figures.counting import count_at_once, count_by_index, is_large
from products.services.archiving import archive_products
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location, make_product, receive

pytestmark = pytest.mark.django_db


def counted(*, with_cost: bool = True) -> Figures:
    figures = count_at_once(with_cost=with_cost)
    assert count_by_index(with_cost=with_cost) == figures
    return figures


def test_empty_shop() -> None:
    figures = counted()
    assert figures.is_empty
    assert (figures.units, figures.skus, figures.low, figures.out) == (0, 0, 0, 0)
    assert figures.value == 0


def test_counts_and_value() -> None:
    make_product(stock=10, cost=Decimal("2.50"), reorder_point=10)
    make_product(stock=5)
    make_product(status=Product.Status.DRAFT)
    figures = counted()
    assert (figures.units, figures.stocked) == (15, 2)
    assert (figures.skus, figures.active) == (3, 2)
    assert (figures.low, figures.out, figures.without_cost) == (1, 1, 1)
    assert figures.value == Decimal(25)
    assert figures.as_of is None


def test_at_once_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_product(stock=10)
    with django_assert_num_queries(1):
        count_at_once(with_cost=True)


def test_the_archive_counts_for_nothing() -> None:
    product = make_product(stock=4, cost=Decimal("3.10"), reorder_point=9)
    make_product(stock=3, cost=Decimal("0.70"))
    archive_products(product_ids=[product.pk], circumstances=by())
    figures = counted()
    assert not figures.is_empty
    assert (figures.units, figures.stocked, figures.skus) == (3, 1, 1)
    assert (figures.low, figures.out) == (0, 0)
    assert figures.value == Decimal("2.10")


def test_goods_in_transit_are_neither_units_nor_value() -> None:
    product = make_product(stock=1, cost=Decimal(3))
    lorry = make_location("ROAD", "On the road", kind=Location.Kind.TRANSIT)
    receive(product, 7, cost="3", location=lorry)
    figures = counted()
    assert (figures.units, figures.value) == (1, Decimal(3))


def test_what_is_all_held_is_out_but_there() -> None:
    product = make_product(stock=4)
    hold_stock(wanted=[Wanted(product.pk, 4)], circumstances=by())
    make_product()
    figures = counted()
    assert (figures.out, figures.stocked, figures.units) == (2, 1, 4)


def test_costs_are_not_read_for_those_who_may_not_see_them(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_product(stock=1)
    with django_assert_max_num_queries(20) as queries:
        figures = counted(with_cost=False)
    assert figures.value is None
    assert figures.without_cost == 0
    asked = " ".join(query["sql"] for query in queries.captured_queries).lower()
    assert "on_hand" in asked
    assert "cost" not in asked
    assert "value" not in asked


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value")
@pytest.mark.parametrize(
    ("stored", "value"), [("'dear'", Decimal(6)), ("9e99", None), ("9e999", None)]
)
def test_a_spoilt_value_spoils_the_value_only(
    stored: str, value: Decimal | None
) -> None:
    make_product(stock=2, cost=Decimal(3))
    spoilt = make_product(stock=2, cost=Decimal(3))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE products_stocklevel SET value = {stored} WHERE product_id = %s",
            [spoilt.pk],
        )
    figures = counted()
    assert (figures.value, figures.units) == (value, 4)


def test_large_begins_with_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "LARGE", 2)
    assert not is_large()
    make_product()
    assert not is_large()
    make_product()
    assert is_large()
