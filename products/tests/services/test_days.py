"""Random days of everything at once: whatever is refused or undone, the books stand."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from products.errors import InventoryError
from products.models import (
    Hold,
    Location,
    Product,
    StockLevel,
    StockMovement,
    Transfer,
    TransferLine,
)
from products.reports.stock_check import check_stock
from products.services.expiry import expire_holds
from products.tests.factories import make_location, make_product
from products.tests.services.days import HOUR, Day, steps

pytestmark = pytest.mark.django_db


def assert_books_stand() -> None:
    """Ask check_stock, and add up again in the plainest way what it proves."""
    check = check_stock()
    assert check.ok, check.problems
    moved: Counter[tuple[int, int]] = Counter()
    worth: Counter[tuple[int, int]] = Counter()
    for move in StockMovement.objects.all():
        moved[move.product_id or 0, move.location_id] += move.delta
        worth[move.product_id or 0, move.location_id] += move.value_delta
    held: Counter[tuple[int, int]] = Counter()
    for hold in Hold.objects.open():
        held[hold.product_id or 0, hold.location_id] += hold.quantity
    for level in StockLevel.objects.all():
        key = (level.product_id, level.location_id)
        assert (level.on_hand, level.value) == (moved[key], worth[key])
        assert level.reserved == held[key] <= level.on_hand
        moved[key], worth[key], held[key] = 0, Decimal(0), 0
    assert not [key for key in moved if moved[key] or worth[key] or held[key]]
    assert_transit_is_on_the_way()


def assert_transit_is_on_the_way() -> None:
    lines = TransferLine.objects.filter(transfer__state__in=Transfer.ON_THE_WAY)
    out: Counter[int] = Counter()
    for line in lines:
        out[line.product_id or 0] += line.outstanding
    for product in Product.objects.all():
        assert product.in_transit == out[product.pk]
    stored = StockLevel.objects.filter(location__kind=Location.Kind.TRANSIT)
    assert (stored.aggregate(v=Sum("value"))["v"] or 0) == sum(
        line.value for line in lines
    )


@settings(max_examples=60)
@given(plan=st.lists(steps, min_size=8, max_size=30))
def test_books_stand_after_any_day(plan: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        places = [Location.objects.get_default(), make_location()]
        products = [make_product(stock=60, cost=Decimal("1.37")) for _each in range(2)]
        day = Day(products, places)
        day.step("send", 1, 7)
        day.step("hold", 1, 5)
        for name, number, units in plan:
            try:
                day.step(name, number, units)
            except InventoryError:
                continue
        assert_books_stand()
        expire_holds(now=day.now + 9 * HOUR)
        assert not Hold.objects.due(day.now + 9 * HOUR).exists()
        assert_books_stand()
        transaction.set_rollback(True)  # the next example starts with an empty shop
