"""Random days with counts: what is applied is what was counted and moved since."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from products.errors import InventoryError
from products.models import StockLevel, StockMovement
from products.services.balances import balance_at
from products.services.stock import issue_stock
from products.services.undo import undo_operation
from products.tests.factories import by, make_product, place_of, receive
from products.tests.services.test_ledger_properties import assert_invariants
from products.tests.stocktaking import apply, count, line_of, review, started

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
steps = st.one_of(
    # (what, how many, how many minutes late)
    st.tuples(st.just("receive"), st.integers(1, 9), st.integers(0, 40)),
    st.tuples(st.just("sell"), st.integers(1, 9), st.integers(0, 40)),
    st.tuples(st.just("count"), st.integers(0, 30), st.integers(0, 3)),
)


def replayed(product, moment) -> int:
    """Return what was there at `moment` by business date, counted from the start."""
    rows = StockMovement.objects.filter(product=product, effective_at__lte=moment)
    return sum(rows.values_list("delta", flat=True))


def live(product, stocktake, day, start):
    """Live the day, a minute a step; return (quantity, moment) of each count."""
    counts = []
    for number, (what, units, late) in enumerate(day, start=1):
        now = start + number * MINUTE
        effective_at = now - late * MINUTE if late else None
        circumstances = by(now=now, effective_at=effective_at)
        try:
            if what == "receive":
                receive(product, units, circumstances=circumstances)
            elif what == "sell":
                place = place_of(product)
                issue_stock(place=place, quantity=units, circumstances=circumstances)
            else:
                made = count(stocktake, product, units, now=now, age=late * MINUTE)
                counts.append((units, made.counted_at))
        except InventoryError:
            continue
    return counts


@settings(max_examples=40)
@given(day=st.lists(steps, min_size=2, max_size=20))
def test_applied_is_counted_plus_what_moved_since(day):
    start = timezone.now() - timedelta(hours=5)
    with transaction.atomic():
        product = make_product(stock=12, circumstances=by(now=start - 60 * MINUTE))
        stocktake = started(now=start)
        counts = live(product, stocktake, day, start)
        review(stocktake)
        before = StockLevel.objects.get().on_hand
        counted = sum(units for units, _moment in counts)
        moment = max((at for _units, at in counts), default=None)
        try:
            operation = apply(stocktake, now=start + timedelta(hours=1))
        except InventoryError:  # below zero, or nothing was counted
            at_count = replayed(product, moment) if moment else 0
            assert moment is None or before + counted - at_count < 0
        else:
            line = line_of(stocktake, product)
            place = place_of(product).location_id
            at_count = replayed(product, moment)
            assert balance_at(product.pk, place, moment).quantity == at_count
            assert (line.counted, line.expected) == (counted, at_count)
            moved_since = before - at_count
            assert StockLevel.objects.get().on_hand == counted + moved_since
            undo_operation(operation_id=operation.pk, circumstances=by())
            apply(stocktake)
            assert line_of(stocktake, product).difference == line.difference
            assert StockLevel.objects.get().on_hand == counted + moved_since
        assert_invariants()
        transaction.set_rollback(True)  # the next example starts with an empty shop
