"""Random days in a shop: whatever happens in whatever order, the invariants hold."""

from decimal import Decimal
from itertools import groupby

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from products.errors import InventoryError
from products.models import Location, Operation, Product, StockLevel, StockMovement
from products.services.chain import GENESIS, movement_hash
from products.services.deleting import delete_product
from products.services.stock import adjust_stock
from products.services.undo import undo_operation
from products.tests.factories import by, make_location, make_product, place_of, receive

pytestmark = pytest.mark.django_db

costs = st.decimals("0", "1000", places=6)
steps = st.one_of(
    st.tuples(st.just("receive"), st.integers(1, 50), st.none() | costs),
    st.tuples(st.just("take"), st.integers(1, 60), st.just("sold")),
    st.tuples(st.just("count"), st.integers(0, 40), st.just("correction")),
    st.tuples(st.just("undo"), st.integers(0, 30), st.none()),
    st.tuples(st.just("delete"), st.just(0), st.none()),
)


def do(step, product, location):
    name, number, extra = step
    place = place_of(product, location)
    if name == "receive":
        cost = None if extra is None else str(extra)
        receive(product, number, cost=cost, location=location)
    elif name == "take":
        adjust_stock(place=place, kind=extra, delta=-number, circumstances=by())
    elif name == "count":
        adjust_stock(place=place, kind=extra, counted=number, circumstances=by())
    elif name == "delete":
        delete_product(product_id=product.pk, circumstances=by())
    else:
        pks = list(Operation.objects.values_list("pk", flat=True))
        undo_operation(operation_id=pks[number % len(pks)], circumstances=by())


def assert_invariants():
    rows = StockMovement.objects.order_by("product_id", "location_id", "sequence")
    heads = {}
    for key, chain in groupby(rows, key=lambda row: (row.product_id, row.location_id)):
        balance, value, previous, number = 0, Decimal(0), GENESIS, 0
        for row in chain:
            balance, value, number = (
                balance + row.delta,
                value + row.value_delta,
                number + 1,
            )
            assert (row.sequence, row.previous_hash) == (number, previous)
            assert (row.balance_after, row.value_after) == (balance, value)
            assert balance >= 0 <= value
            assert balance or not value
            previous = row.hash
            assert movement_hash(row) == previous
        heads[key] = (balance, value, previous)
    for level in StockLevel.objects.all():
        head = heads.pop((level.product_id, level.location_id))
        assert (level.on_hand, level.value, level.last_hash) == head
    there = set(Product.objects.values_list("pk", flat=True))
    for (product_id, _location_id), (balance, _value, _hash) in heads.items():
        assert balance == 0
        assert product_id not in there  # a product that is there has its levels
    for product in Product.objects.all():
        assert product.on_hand == sum(level.on_hand for level in product.levels.all())


@settings(max_examples=40)
@given(day=st.lists(st.tuples(steps, st.booleans()), min_size=3, max_size=25))
def test_invariants_hold_after_any_day(day):
    with transaction.atomic():
        product, back = make_product(stock=5, cost=Decimal("1.37")), make_location()
        main = Location.objects.get_default()
        for step, is_back in day:
            try:
                do(step, product, back if is_back else main)
            except InventoryError:
                continue
        assert_invariants()
        transaction.set_rollback(True)  # the next example starts with an empty shop
