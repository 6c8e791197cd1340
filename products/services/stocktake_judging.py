"""The rule of a stocktake: what a line may become, and when somebody has to look."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from products.models import MAX_QUANTITY, Stocktake, StocktakeLine
from products.services.chain import VALUE_STEP


class Need(TextChoices):
    """Why somebody has to decide about a line."""

    BELOW_ZERO = "below_zero", gettext_lazy("On hand would go below zero")
    BELOW_HELD = "below_held", gettext_lazy("Fewer would be left than are held")
    TOO_LARGE = "too_large", gettext_lazy("More than one line can move")
    RECOUNT = "recount", gettext_lazy("Asked to be counted again")
    UNREADABLE = "unreadable", gettext_lazy("A stored value is damaged")
    VARIANCE = "variance", gettext_lazy("The difference is above the threshold")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line, in base units and the shop's currency.

    `counted` is None where nobody counted, and with it `expected`, `difference` and
    `value`; `is_assumed` where zero is assumed because nobody did. `moved_since` is
    what came (plus) and went (minus) since the count. `value` is None where the cost
    is unknown. A product that is gone has no figures but what was counted.
    """

    line: StocktakeLine
    counted: int | None = None
    counted_at: datetime | None = None
    is_assumed: bool = False
    is_gone: bool = False
    expected: int | None = None
    difference: int | None = None
    value: Decimal | None = None
    moved_since: int = 0
    on_hand: int = 0
    held: int = 0
    counters: tuple[str, ...] = ()
    need: Need | None = None

    @property
    def is_confirmable(self) -> bool:
        """Whether a note settles it; else it must be counted again or left out."""
        return self.need in {Need.VARIANCE, Need.RECOUNT}


def compare(
    stocktake: Stocktake,
    outcome: Outcome,
    *,
    unit_value: Decimal | None,
    is_second_opinion: bool,
) -> Outcome:
    """Return a counted line with its difference, value and what it needs.

    `is_second_opinion` says that nobody of this round counted it in one before.
    """
    expected = outcome.on_hand - outcome.moved_since
    difference = (outcome.counted or 0) - expected
    value = None
    if unit_value is not None:
        value = (unit_value * difference).quantize(VALUE_STEP)
    compared = replace(outcome, expected=expected, difference=difference, value=value)
    need = _why_impossible(compared)
    if need is None and not is_second_opinion and _is_above(stocktake, compared):
        need = Need.VARIANCE
    return replace(compared, need=need)


def _why_impossible(outcome: Outcome) -> Need | None:
    difference = outcome.difference or 0
    left = outcome.on_hand + difference
    if difference < 0 and left < 0:
        return Need.BELOW_ZERO
    if difference < 0 and left < outcome.held:
        return Need.BELOW_HELD
    return Need.TOO_LARGE if abs(difference) > MAX_QUANTITY else None


def _is_above(stocktake: Stocktake, outcome: Outcome) -> bool:
    """Say whether the difference asks for a second look that it did not get yet."""
    difference = abs(outcome.difference or 0)
    if not difference or outcome.line.confirmed_at is not None:
        return False
    percent, value = stocktake.threshold_percent, stocktake.threshold_value
    if percent is not None and difference * 100 > percent * max(
        outcome.expected or 0, 0
    ):
        return True
    return value is not None and abs(outcome.value or Decimal(0)) > value
