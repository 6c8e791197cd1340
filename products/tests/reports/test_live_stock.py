"""reports.live_stock: a hold counts until its minute, whatever is stored."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.models import Product
from products.reports.levels import levels_of
from products.reports.live_stock import LiveStock, live_stock
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location, make_product, receive, reload

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def hold_until(product: Product, minutes: int, quantity: int) -> None:
    hold_stock(
        wanted=[Wanted(product.pk, quantity)],
        circumstances=by(now=NOW - timedelta(hours=2)),
        expires_at=NOW + timedelta(minutes=minutes),
    )


def now_of(product: Product) -> LiveStock:
    row = reload(product)
    return live_stock(row, levels_of(product.pk).freed)


def test_what_is_up_is_available_although_nobody_tidied() -> None:
    product = make_product(stock=5, reorder_point=1)
    hold_until(product, -30, 4)
    stored, live = reload(product), now_of(product)
    assert (stored.reserved, stored.available, stored.stock_status) == (4, 1, "low")
    assert (live.held, live.available, live.stock_status) == (0, 5, "in_stock")


def test_per_location() -> None:
    product = make_product(stock=2)
    receive(product, 3, location=make_location())
    hold_until(product, 60, 1)
    hold_until(product, -30, 4)
    assert [level.held for level in levels_of(product.pk).rows] == [1, 0]
    assert [level.available for level in levels_of(product.pk).rows] == [1, 3]
    assert now_of(product).held == 1


@pytest.mark.parametrize(
    ("stock", "reorder_point", "status"),
    [(5, None, "in_stock"), (5, 5, "low"), (5, 4, "in_stock"), (5, 0, "in_stock")],
)
def test_the_status_is_the_one_the_database_gives(
    stock: int, reorder_point: int | None, status: str
) -> None:
    product = make_product(stock=stock, reorder_point=reorder_point)
    hold_until(product, -30, 3)
    assert now_of(product).stock_status == status
    twin = make_product(stock=stock, reorder_point=reorder_point)
    assert twin.stock_status == status


def test_out_while_the_rest_is_held() -> None:
    product = make_product(stock=5)
    hold_until(product, 60, 4)
    hold_until(product, -30, 1)
    assert now_of(product).stock_status == "in_stock"
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
    assert now_of(product).stock_status == reload(product).stock_status == "out"
