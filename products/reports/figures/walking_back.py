"""The figures at past moments: those of now, less whatever happened since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from products.models import Hold, Location, Product, StockLevel
from products.models.stored import as_stored, to_count
from products.reports.figures.counting import (
    count_at_once,
    count_by_index,
    is_large,
)
from products.reports.figures.happenings import Happening, Standing, happenings
from products.reports.stock_totals import in_steps
from products.services.chain import VALUE_STEP
from products.services.locking import batches


@dataclass(frozen=True, slots=True)
class PastFigures:
    """What the dashboard would have said; `value` is None where one is no number."""

    units: int
    value: Decimal | None
    skus: int
    low: int
    out: int


def figures_at(
    moments: Sequence[datetime], *, now: datetime, most: int
) -> list[PastFigures | None]:
    """Return the figures at each of `moments`, which come newest first.

    Exact, by the time of recording; a hold counts until its time is up. None for those
    before which more than `most` things have happened since. Reads what happened since
    and the products it happened to, once; to be seen from one moment.
    """
    places = list(
        Location.objects.filter(kind=Location.Kind.STOCK).values_list("pk", flat=True)
    )
    reached = list(moments)
    found = None
    while reached and found is None:
        found = happenings(reached[-1], moment=now, places=places, most=most)
        if found is None:
            reached = reached[: len(reached) // 2]
    if not reached or found is None:
        return [None] * len(moments)
    walk = _Walk(places, {each.product_id for each in found}, now)
    answers: list[PastFigures | None] = []
    position = 0
    for moment in reached:
        while position < len(found) and found[position].at > moment:
            walk.take_back(found[position])
            position += 1
        answers.append(walk.figures)
    return answers + [None] * (len(moments) - len(reached))


class _Walk:
    """The sums and the products they may change with, on the way back."""

    def __init__(
        self, places: list[int], product_ids: Collection[int], now: datetime
    ) -> None:
        counted = (count_by_index if is_large() else count_at_once)(with_cost=True)
        self._has_value = counted.value is not None
        self._sums = [
            *(counted.units, in_steps(counted.value or 0)),
            *(counted.skus, counted.low, counted.out),
        ]
        due = list(Hold.objects.due(now).values_list("product_id", "quantity"))
        ids = {*product_ids, *(product_id or 0 for product_id, _quantity in due)}
        self._standings = _standings(ids, places)
        for product_id, quantity in due:  # nobody has noticed yet that they ended
            standing = self._standings[product_id or 0]
            before = standing.share
            standing.held -= quantity
            self._move(before, standing.share)

    def take_back(self, happening: Happening) -> None:
        standing = self._standings[happening.product_id]
        before = standing.share
        happening.take_back(standing)
        self._move(before, standing.share)

    def _move(self, before: tuple[int, ...], after: tuple[int, ...]) -> None:
        if before != after:
            self._sums = [
                total - old + new
                for total, old, new in zip(self._sums, before, after, strict=True)
            ]

    @property
    def figures(self) -> PastFigures:
        units, steps, skus, low, out = self._sums
        value = steps * VALUE_STEP if self._has_value else None
        return PastFigures(units, value, skus, low, out)


def _standings(product_ids: Collection[int], places: list[int]) -> dict[int, Standing]:
    """Return how the products stand now; those that are gone too."""
    found = {product_id: Standing() for product_id in product_ids}
    for batch in batches(product_ids):
        rows = Product.objects.filter(pk__in=batch).order_by()
        for pk, status, on_hand, held, point in rows.values_list(
            "pk", "status", "on_hand", "reserved", "reorder_point"
        ):
            standing = found[pk]
            standing.status, standing.reorder_point = status, to_count(point)
            standing.on_hand, standing.held = (
                to_count(on_hand) or 0,
                to_count(held) or 0,
            )
        levels = StockLevel.objects.filter(product__in=batch, location__in=places)
        for pk, stored in levels.order_by().values_list(
            "product_id", as_stored("value")
        ):
            found[pk].steps += in_steps(stored)
    return found
