"""services.stocktake_judging: where one line ends."""

import pytest

from products.models import MAX_QUANTITY, Stocktake, StocktakeLine
from products.services.stocktake_judging import Need, Outcome, compare


@pytest.mark.parametrize(
    ("on_hand", "counted", "need"),
    [
        (0, MAX_QUANTITY, None),
        (0, MAX_QUANTITY + 1, Need.TOO_LARGE),
        (MAX_QUANTITY, 0, None),
        (MAX_QUANTITY + 1, 0, Need.TOO_LARGE),
    ],
)
def test_what_one_line_can_move(on_hand: int, counted: int, need: Need | None) -> None:
    outcome = Outcome(line=StocktakeLine(), counted=counted, on_hand=on_hand)
    compared = compare(Stocktake(), outcome, unit_value=None, is_second_opinion=False)
    assert (compared.difference, compared.need) == (counted - on_hand, need)
