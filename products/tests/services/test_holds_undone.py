"""Undo of holds when their time, or somebody else, came between."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from products.errors import CannotUndo, FieldRefused, WrongState
from products.models import Hold, Operation, StockLevel
from products.reports.stock_check import check_stock
from products.services.operations import Once
from products.services.reservations import (
    Wanted,
    fulfil_holds,
    hold_stock,
    release_holds,
    renew_holds,
)
from products.services.undo import undo_operation
from products.tests.factories import by, make_product, reload

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def nothing_is_wrong_afterwards():
    yield
    assert check_stock().ok


@pytest.fixture
def product():
    return make_product(stock=5, circumstances=by(now=NOON - HOUR))


def hold(product, quantity, *, at=NOON, until=None):
    operation = hold_stock(
        wanted=[Wanted(product.pk, quantity)],
        circumstances=by(now=at),
        expires_at=until,
    )
    return operation, [row.pk for row in operation.holds.all()]


def undo(operation, at=NOON):
    return undo_operation(operation_id=operation.pk, circumstances=by(now=at))


def figures(product):
    row = reload(product)
    return row.on_hand, row.reserved, row.available


@pytest.mark.parametrize(
    ("step", "after"), [(fulfil_holds, (2, 0, 2)), (release_holds, (5, 0, 5))]
)
@pytest.mark.parametrize("others", [0, 1])
def test_what_comes_back_after_its_time_is_not_held(product, step, after, others):
    """The level may hold fewer units for others than the hold had."""
    if others:
        hold(product, others)
    _made, ids = hold(product, 3, until=NOON + HOUR)
    done = step(hold_ids=ids, circumstances=by(now=NOON))
    undoing = undo(done, at=NOON + 2 * HOUR)
    assert figures(product) == (5, others, 5 - others)
    ended = Hold.objects.get(pk__in=ids)
    assert (ended.state, ended.closed_at) == (Hold.State.EXPIRED, NOON + HOUR)
    undo(undoing, at=NOON + 2 * HOUR)
    assert figures(product) == (after[0], others, after[1] + after[2] - others)


def test_undo_of_a_renewal_after_the_first_time_is_up(product):
    _made, ids = hold(product, 3, until=NOON + HOUR)
    renewed = renew_holds(
        hold_ids=ids, expires_at=NOON + 9 * HOUR, circumstances=by(now=NOON)
    )
    undoing = undo(renewed, at=NOON + 2 * HOUR)
    assert figures(product) == (5, 0, 5)
    undo(undoing, at=NOON + 3 * HOUR)
    assert figures(product) == (5, 3, 2)
    assert Hold.objects.get().expires_at == NOON + 9 * HOUR


def test_a_hold_does_not_expire_in_the_middle_of_an_undo(product, monkeypatch):
    hold(product, 1)
    _made, ids = hold(product, 3, until=NOON + HOUR)
    done = release_holds(hold_ids=ids, circumstances=by(now=NOON))
    times = iter([NOON + HOUR - timedelta(seconds=1)] + [NOON + 2 * HOUR] * 99)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: next(times))
        undo(done, at=None)
    assert StockLevel.objects.get().reserved == 4


def test_a_time_in_the_shops_zone_is_the_same_time(product):
    until = (NOON + HOUR).astimezone(ZoneInfo("Asia/Tokyo"))
    made, _ids = hold(product, 3, until=until)
    undo(made)
    assert figures(product) == (5, 0, 5)


def test_an_expired_hold_is_not_undone(product):
    made, _ids = hold(product, 3, until=NOON + HOUR)
    with pytest.raises(CannotUndo, match="has gone on since"):
        undo(made, at=NOON + 2 * HOUR)


def test_each_hold_that_has_ended_is_named(product):
    other = make_product(stock=5, sku="OTHER", circumstances=by(now=NOON))
    ids = [*hold(product, 1)[1], *hold(other, 2)[1]]
    release_holds(hold_ids=ids, circumstances=by(now=NOON))
    with pytest.raises(WrongState) as refused:
        fulfil_holds(hold_ids=ids, circumstances=by(now=NOON))
    assert product.sku in refused.value.message
    assert "2 × OTHER has ended: Released" in refused.value.message


def test_a_renewal_repeated_after_its_time_gets_the_first_answer(product):
    _made, ids = hold(product, 3, until=NOON + HOUR)
    once = Once("renew-repeated", {"until": "two"})
    answers = [
        renew_holds(
            hold_ids=ids,
            expires_at=NOON + 2 * HOUR,
            circumstances=by(now=at, once=once),
        )
        for at in (NOON, NOON + 3 * HOUR)
    ]
    assert answers[0] == answers[1]
    assert Operation.objects.filter(kind=Operation.Kind.HOLD_RENEWED).count() == 1


def test_renewing_to_a_time_that_is_over(product):
    _made, ids = hold(product, 3)
    with pytest.raises(FieldRefused):
        renew_holds(hold_ids=ids, expires_at=NOON, circumstances=by(now=NOON))
    assert Hold.objects.get().expires_at is None
