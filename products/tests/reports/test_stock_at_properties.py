"""Random histories: the stock at any moment is what a replay of them all comes to.

Late entries, two locations, products that are deleted and come back, operations that
are undone, a clock that jumps.
"""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from products.errors import InventoryError
from products.models import Location, Operation, Product, StockMovement
from products.reports.stock_at import stock_at
from products.reports.stock_totals import stock_totals
from products.services.balances import Balance, balance_at, balances_of
from products.services.deleting import delete_product
from products.services.goods import Received, receive_goods
from products.services.operations import Circumstances
from products.services.stock import Place, adjust_stock
from products.services.undo import undo_operation
from products.tests.factories import by, make_location, make_product

pytestmark = pytest.mark.django_db

START = timezone.now() - timedelta(days=400)
HOUR = timedelta(hours=1)
costs = st.none() | st.decimals("0", "500", places=6)
actions = st.one_of(
    st.tuples(st.just("receive"), st.integers(1, 50), costs),
    st.tuples(st.just("take"), st.integers(1, 30), st.none()),
    st.tuples(st.just("count"), st.integers(0, 40), st.none()),
    st.tuples(st.just("undo"), st.integers(0, 40), st.none()),
    st.tuples(st.just("delete"), st.just(0), st.none()),
)
# What, the product, the location, hours since the step before, hours of delay.
steps = st.tuples(
    actions,
    st.integers(0, 2),
    st.booleans(),
    st.integers(-2, 48),
    st.just(0) | st.integers(1, 300),
)


def do(action, place: Place, circumstances: Circumstances) -> None:
    name, number, cost = action
    if name == "receive":
        receive_goods(
            lines=[Received(place.product_id, number, cost)],
            location_id=place.location_id,
            circumstances=circumstances,
        )
    elif name == "take":
        adjust_stock(
            place=place, kind="sold", delta=-number, circumstances=circumstances
        )
    elif name == "count":
        adjust_stock(
            place=place, kind="correction", counted=number, circumstances=circumstances
        )
    elif name == "delete":
        delete_product(product_id=place.product_id, circumstances=circumstances)
    else:
        pks = list(Operation.objects.order_by("pk").values_list("pk", flat=True))
        undo_operation(operation_id=pks[number % len(pks)], circumstances=circumstances)


def live(history, products: list[Product], places: list[Location]) -> list[datetime]:
    """Do what can be done; return the moments worth a question."""
    now = START + HOUR
    moments = [START - HOUR, now]
    for action, product, is_back, gap, delay in history:
        now += gap * HOUR
        effective_at = now - delay * HOUR if delay else None
        circumstances = by(now=now, effective_at=effective_at)
        place = Place(products[product].pk, places[is_back].pk)
        try:
            do(action, place, circumstances)
        except InventoryError:
            continue
        moments += [now, effective_at or now, now - timedelta(microseconds=1)]
    return moments


def replay(moment: datetime) -> dict[tuple[int, int], Balance]:
    """Add up every movement whose business date has come; the definition itself."""
    sums: dict[tuple[int, int], Balance] = {}
    for row in StockMovement.objects.order_by():
        if row.effective_at <= moment:
            key = (row.product_id, row.location_id)
            sums[key] = sums.get(key, Balance()) + Balance(row.delta, row.value_delta)
    return sums


def assert_same(moment: datetime, keys: list[tuple[int, int]]) -> None:
    sums = replay(moment)
    expected = {key: each for key, each in sums.items() if each.quantity or each.value}
    lines = list(stock_at(moment))
    assert {
        (line.product_id, line.location_id): Balance(line.quantity, line.value)
        for line in lines
    } == expected
    assert len(lines) == len(expected)
    many = balances_of({product_id for product_id, _location_id in keys}, moment)
    for key in keys:
        assert many.get(key, Balance()) == sums.get(key, Balance())
        assert balance_at(*key, moment) == sums.get(key, Balance())
    overall = stock_totals(moment).overall
    assert overall.units == sum(each.quantity for each in expected.values())
    assert overall.value == sum(each.value for each in expected.values())
    stocked = {key[0] for key, each in expected.items() if each.quantity}
    assert overall.skus == len(stocked)


@settings(max_examples=40)
@given(history=st.lists(steps, min_size=3, max_size=20))
def test_stock_at_any_moment_is_the_replay(history):
    with transaction.atomic():
        places = [Location.objects.get_default(), make_location()]
        products = [
            make_product(stock=5, cost=Decimal("1.37"), circumstances=by(now=START)),
            make_product(circumstances=by(now=START)),
            make_product(stock=2, circumstances=by(now=START)),
        ]
        moments = live(history, products, places)
        keys = [(product.pk, place.pk) for product in products for place in places]
        for moment in moments:
            assert_same(moment, keys)
        transaction.set_rollback(True)  # the next example starts with an empty shop
