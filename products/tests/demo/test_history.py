"""The invented past: told without a database."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from products.demo.events import Added, Archived, Edited, Event, Moved, Undone
from products.demo.history import DAYS, invent
from products.demo.reading import DemoShop, read_shop
from products.models import Operation, StockMovement

Kind = StockMovement.Kind
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture(scope="module")
def whole() -> DemoShop:
    return read_shop()


@pytest.fixture(scope="module")
def events(whole: DemoShop) -> list[Event]:
    return invent(whole, now=NOW)


def balances(events: list[Event]) -> Counter[tuple[str, str]]:
    """Units by SKU and location; fails where one goes below zero."""
    units: Counter[tuple[str, str]] = Counter()
    moves = {}
    for event in events:
        lines = []
        if isinstance(event, Added):
            lines = [(move, 1) for move in event.openings]
        elif isinstance(event, Moved):
            moves[event.reference] = event.moves
            lines = [(move, 1) for move in event.moves]
        elif isinstance(event, Undone):
            lines = [(move, -1) for move in moves[event.reference]]
        for move, sign in lines:
            units[move.sku, move.location] += sign * move.delta
            assert units[move.sku, move.location] >= 0, (event.at, move)
    return units


def sold_on(events: list[Event], weekday: int) -> int:
    return sum(
        -move.delta
        for event in events
        if isinstance(event, Moved) and event.at.weekday() == weekday
        for move in event.moves
        if move.kind == Kind.SOLD
    )


def test_the_same_day_gives_the_same_past(whole, events):
    assert invent(whole, now=NOW) == events


def test_an_earlier_hour_only_leaves_out_what_follows(whole, events):
    earlier = invent(whole, now=NOW - timedelta(hours=6))
    assert earlier == events[: len(earlier)]
    assert len(earlier) < len(events)


def test_it_needs_a_time_zone(whole):
    with pytest.raises(ValueError, match="time zone"):
        invent(whole, now=NOW.replace(tzinfo=None))


def test_times_go_forward_and_end_now(events):
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert events[0].at.date() == (NOW - timedelta(days=DAYS)).date()
    assert NOW - timedelta(hours=3) < events[-1].at <= NOW


def test_stock_is_never_below_zero_and_ends_as_the_files_say(whole, events):
    units = balances(events)
    for product in whole.products:
        left = sum(units[product.sku, code] for code in whole.locations)
        if product.status != "active" or product.ends == "out":
            assert left == 0, product.sku
        elif product.ends == "low":
            assert 0 < left <= product.reorder_point, product.sku
        else:
            assert left > product.reorder_point, product.sku


def test_every_kind_of_movement_occurs(events):
    kinds = {
        move.kind
        for event in events
        if isinstance(event, Moved)
        for move in event.moves
    }
    assert kinds == {
        Kind.RECEIVED,
        Kind.SOLD,
        Kind.RETURNED,
        Kind.DAMAGED,
        Kind.LOST,
        Kind.FOUND,
        Kind.CORRECTION,
    }


def test_some_products_have_a_long_history(events):
    lines = Counter(
        move.sku for event in events if isinstance(event, Moved) for move in event.moves
    )
    assert len([sku for sku, count in lines.items() if count >= 200]) >= 3


def test_a_week_has_its_rhythm(events):
    saturday, sunday = 5, 6
    assert sold_on(events, saturday) > 1.5 * sold_on(events, sunday)


def test_receipts_say_what_they_cost_where_it_is_known(whole, events):
    known = {product.sku for product in whole.products if product.cost is not None}
    for event in events:
        if isinstance(event, Moved) and event.kind == Operation.Kind.STOCK_RECEIVED:
            for move in event.moves:
                assert (move.unit_cost is not None) is (move.sku in known)


def test_some_sales_are_entered_late(events):
    late = [e for e in events if isinstance(e, Moved) and e.effective_at is not None]
    assert late
    assert all(event.effective_at < event.at for event in late)


def test_the_catalogue_changes_too(whole, events):
    edited = [event.edit for event in events if isinstance(event, Edited)]
    assert sorted(e.sku for e in edited) == sorted(e.sku for e in whole.edits)
    archived = {event.sku for event in events if isinstance(event, Archived)}
    assert archived == {p.sku for p in whole.products if p.status == "archived"}
    added = {
        p.sku for event in events if isinstance(event, Added) for p in event.products
    }
    assert added == {product.sku for product in whole.products}
