from datetime import UTC, datetime

import pytest

from products.demo.events import Moved, Undone, Want, Wish
from products.demo.stockroom import Stockroom
from products.models import Operation, StockMovement

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
RECEIVED, SOLD = StockMovement.Kind.RECEIVED, StockMovement.Kind.SOLD


def wish(*wants: Want, reference: str = "", undoes: str = "") -> Wish:
    return Wish(
        AT,
        "Ann",
        Operation.Kind.STOCK_ADJUSTED,
        wants,
        reference=reference,
        undoes=undoes,
    )


@pytest.fixture
def room() -> Stockroom:
    """Five mugs in the shop, nine in the cellar."""
    room = Stockroom(["SHOP", "CELLAR"])
    room.carry_out(wish(Want("MUG", RECEIVED, 5), reference="first"))
    room.carry_out(wish(Want("MUG", RECEIVED, 9, location="CELLAR")))
    return room


def test_goods_are_taken_from_the_first_place_that_has_them_all(room):
    event = room.carry_out(wish(Want("MUG", SOLD, -6)))
    assert isinstance(event, Moved)
    assert [(move.location, move.delta) for move in event.moves] == [("CELLAR", -6)]
    assert room.places("MUG") == [("SHOP", 5), ("CELLAR", 3)]


def test_what_is_not_there_is_left_out(room):
    event = room.carry_out(wish(Want("MUG", SOLD, -5), Want("CUP", SOLD, -1)))
    assert isinstance(event, Moved)
    assert [move.sku for move in event.moves] == ["MUG"]
    assert room.carry_out(wish(Want("MUG", SOLD, -10))) is None
    assert room.total("MUG") == 9


def test_a_named_place_is_the_only_one_asked(room):
    assert room.carry_out(wish(Want("MUG", SOLD, -6, location="SHOP"))) is None


def test_an_operation_is_taken_back_once(room):
    assert isinstance(room.carry_out(wish(undoes="first")), Undone)
    assert room.total("MUG") == 9
    assert room.carry_out(wish(undoes="first")) is None
