"""The last minutes of the story: shelves that were counted, and one that is being."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import cycle

from django.db.models import F

from products.models import Operation, Product, StockLevel, Stocktake, StocktakeLine
from products.services.balances import balance_at
from products.services.counting import Counted, record_count
from products.services.operations import Author, Circumstances
from products.services.stocktake_applying import apply_stocktake
from products.services.stocktakes import (
    Plan,
    create_stocktake,
    send_to_review,
    start_stocktake,
)

SPARE = 5  # units above the reorder point: a difference of two changes nobody's state
MISCOUNTS = (-1, 0, 0, 2, 0, -2, 0, 0)  # how far the shelves are from the books
COUNTED = 0.4  # of the shelves that are still being counted
STEPS = 200  # more than an aisle has places


class Teller:
    """Counts shelves as the shop does; call inside one transaction."""

    def __init__(
        self, people: Sequence[str], *, since: datetime, now: datetime
    ) -> None:
        """The counts happen one after the other between `since` and `now`."""
        self._people = people
        self._pause, self._last = (now - since) / (STEPS + 1), since

    def count_goods(self, location_id: int) -> None:
        """Leave the first aisle counted and applied, the second one half counted."""
        first, second = self._aisles(location_id)
        applied = self._started(f"Aisle {first}", first, location_id)
        if applied is not None:
            self._count(list(applied.lines.order_by("shelf", "pk")))
            send_to_review(stocktake_id=applied.pk)
            apply_stocktake(
                stocktake_id=applied.pk,
                circumstances=Circumstances(author=self._by(0), now=self._next()),
            )
        counting = self._started(f"Aisle {second}", second, location_id)
        if counting is not None:
            lines = list(counting.lines.order_by("shelf", "pk"))
            self._count(lines[: max(1, round(len(lines) * COUNTED))])

    def _aisles(self, location_id: int) -> tuple[str, str]:
        """Return the letters of the first two aisles, empty where there are fewer."""
        levels = StockLevel.objects.filter(location_id=location_id).exclude(shelf="")
        letters = sorted({shelf[0] for shelf in levels.values_list("shelf", flat=True)})
        first, second, *_further = [*letters, "", ""]
        return first, second

    def _started(self, name: str, aisle: str, location_id: int) -> Stocktake | None:
        if not aisle:
            return None
        plan = Plan(
            name=name,
            location_id=location_id,
            scope={"kind": "shelves", "from": aisle, "to": aisle},
            threshold_value=Decimal(500),
        )
        draft = create_stocktake(plan=plan, author=self._by(0), now=self._next())
        return start_stocktake(
            stocktake_id=draft.pk, author=self._by(0), now=self._next()
        )

    def _count(self, lines: Sequence[StocktakeLine]) -> None:
        steady = set(
            Product.objects.filter(
                pk__in=[line.product_id or 0 for line in lines],
                available__gt=F("reorder_point") + SPARE,
            ).values_list("pk", flat=True)
        )
        miscounts = cycle(MISCOUNTS)
        for number, line in enumerate(lines):
            product_id = line.product_id or 0  # never 0: stocktakeline_has_product
            now = self._next()
            there = balance_at(product_id, line.location_id, now).quantity
            if product_id in steady and there > SPARE:
                there += next(miscounts)
            record_count(
                stocktake_id=line.stocktake_id,
                count=Counted(line.sku, there, f"demo-{line.pk}", line.shelf),
                author=self._by(1 + number % 2),
                now=now,
            )

    def _by(self, number: int) -> Author:
        name = self._people[number % len(self._people)]
        return Author(name, Operation.Source.SITE)

    def _next(self) -> datetime:
        self._last += self._pause
        return self._last
