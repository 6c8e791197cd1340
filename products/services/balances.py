"""What was on hand, and what it was worth, at any moment by business date.

The last movement recorded by then, plus the late entries that belong before it:
docs/decisions/two-times.md. Reads only, and takes no lock: who needs the answer to
stand still locks the levels first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from products.models import StockMovement
from products.services.chain import VALUE_STEP
from products.services.locking import LevelKey

KEYS = 500  # products asked about in one statement
NEWEST_FIRST = ("-recorded_at", "-sequence")  # as movement_balances has them
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """Units, and what they were worth in the shop's currency.

    A late entry can make either negative for a while: goods that were sold on Friday
    and whose delivery was booked for Monday.
    """

    quantity: int = 0
    value: Decimal = ZERO

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(self.quantity + other.quantity, self.value + other.value)


def balance_at(product_id: int, location_id: int, moment: datetime) -> Balance:
    """Return the balance of one level at `moment`; two queries.

    Nothing where nothing had moved by then. Also of a product that is gone.
    """
    chain = StockMovement.objects.filter(product_id=product_id, location_id=location_id)
    last = (
        chain.filter(recorded_at__lte=moment)
        .order_by(*NEWEST_FIRST)
        .values_list("balance_after", "value_after")
        .first()
    )
    late = _late_rows(moment).filter(product_id=product_id, location_id=location_id)
    added = late.order_by().aggregate(quantity=Sum("delta"), value=Sum("value_delta"))
    return _balance(*(last or (0, ZERO))) + _balance(added["quantity"], added["value"])


def balances_of(
    product_ids: Collection[int], moment: datetime
) -> dict[LevelKey, Balance]:
    """Return the balance of each level that the products ever had; two queries.

    For KEYS products at most. Products that are gone have theirs too.
    """
    # A chain begins with 1, whether its level is there still or not.
    chains = StockMovement.objects.filter(product_id__in=product_ids, sequence=1)
    answers = {
        (product_id, location_id): _balance(quantity, value)
        for product_id, location_id, quantity, value in chains.order_by().values_list(
            "product_id",
            "location_id",
            last_recorded(moment, "balance_after"),
            last_recorded(moment, "value_after"),
        )
    }
    places = {location_id for _product_id, location_id in answers}
    late = _late_rows(moment).filter(product_id__in=product_ids, location_id__in=places)
    for key, balance in _add_up(late).items():
        answers[key] += balance
    return answers


def last_recorded(moment: datetime, column: str) -> Subquery:
    """Return `column` of the last movement recorded by `moment`, to select with.

    The rows it is selected with have a `product_id` and a `location_id`. NULL where
    nothing was recorded by then.
    """
    chain = StockMovement.objects.filter(
        product_id=OuterRef("product_id"),
        location_id=OuterRef("location_id"),
        recorded_at__lte=moment,
    )
    return Subquery(chain.order_by(*NEWEST_FIRST).values(column)[:1])


def late_balances(moment: datetime) -> dict[LevelKey, Balance]:
    """Return what late entries add to the levels at `moment`, where there are any.

    One query over the late entries that were dated by then; few straddle a moment.
    """
    # Neither the products nor the times of recording lead to them: nearly everything
    # may have been recorded since. SQLite is kept from both by adding up here, and by
    # words that no index answers.
    late = StockMovement.objects.alias(
        recorded=Coalesce("recorded_at", "recorded_at")
    ).filter(
        is_backdated__in=[True],  # “=True” is a bare column, which is no search
        effective_at__lte=moment,
        recorded__gt=moment,
    )
    columns = ("product_id", "location_id", "delta", "value_delta")
    answers: dict[LevelKey, Balance] = {}
    for product_id, location_id, delta, value in late.order_by().values_list(*columns):
        key = (product_id or 0, location_id)  # never None: a check forbids it
        answers[key] = answers.get(key, Balance()) + Balance(delta, value)
    return answers


def _late_rows(moment: datetime) -> QuerySet[StockMovement]:
    """Return the movements that were written after `moment` and belong before it."""
    return StockMovement.objects.filter(
        is_backdated=True, effective_at__lte=moment, recorded_at__gt=moment
    )


def _add_up(rows: QuerySet[StockMovement]) -> dict[LevelKey, Balance]:
    sums = (
        rows.order_by()
        .values("product_id", "location_id")
        .annotate(quantity=Sum("delta"), worth=Sum("value_delta"))
    )
    return {
        (product_id, location_id): _balance(quantity, value)
        for product_id, location_id, quantity, value in sums.values_list(
            "product_id", "location_id", "quantity", "worth"
        )
    }


def _balance(quantity: int | None, value: Decimal | None) -> Balance:
    """Return a balance from what the database says; SQLite adds up in floats."""
    return Balance(int(quantity or 0), (value or ZERO).quantize(VALUE_STEP))
