"""One stock adjustment, raw and through the service, and processes that make many.

Nothing of Django stands at the top: a child imports this file before it is set up.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from products.benchmarks.together import at_once, start

PATIENCE = 300  # seconds until a process that never gets to the start ends the race
RAW = "raw"
SCRATCH = "bench_movement"
PER_CHILD = 10**6  # sequence numbers, so that no two make the same

_SET_ON_HAND = """
UPDATE products_stocklevel SET on_hand = on_hand + %s
WHERE product_id = %s AND location_id = %s AND on_hand + %s >= reserved
"""
_KEEP_MOVEMENT = f"""
INSERT INTO {SCRATCH}
(operation_id, product_id, sku, location_id, sequence, kind, delta, balance_after,
unit_cost, value_delta, value_after, recorded_at, effective_at, is_backdated,
hash_version, previous_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""  # noqa: S608 - the name stands above


Adjustment = Callable[[int, int], None]
"""Changes the stock of a product by so many."""


@dataclass(frozen=True, slots=True)
class Shop:
    """Where to adjust what, as whom; `operation_id` is that of all raw movements."""

    product_ids: Sequence[int]
    location_id: int
    user_id: int
    operation_id: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What each process does next: so many adjustments of one side of the race."""

    side: str
    product_ids: Sequence[int]
    adjustments: int


class Adjuster:
    """Makes adjustments of +1 and -1 in turns, so that the raw side leaves no trace."""

    def __init__(self, shop: Shop, number: int = 0) -> None:
        from django.contrib.auth import get_user_model

        self._shop = shop
        self._user = get_user_model()._default_manager.get(pk=shop.user_id)
        self._made = number * PER_CHILD

    def sides(self) -> dict[str, Adjustment]:
        """Return the sides of the race by name, the limit first."""
        once = self.service(with_key=True)
        return {RAW: self.raw(), "service": self.service(), "service, once": once}

    def raw(self) -> Adjustment:
        """Return what makes the two statements that nobody gets around."""
        from django.db import connection, transaction
        from django.utils import timezone

        shop = self._shop

        def adjust(product_id: int, delta: int) -> None:
            self._made += 1
            place = (product_id, shop.location_id)
            now = connection.ops.adapt_datetimefield_value(timezone.now())
            row = [
                *(shop.operation_id, product_id, "SKU-1", shop.location_id, self._made),
                *("correction", delta, 10, "1.000000", "1.0000", "10.0000", now, now),
                *(False, 1, "0" * 64, "0" * 64),
            ]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_SET_ON_HAND, [delta, *place, delta])
                if cursor.rowcount != 1:
                    raise ValueError(place)
                cursor.execute(_KEEP_MOVEMENT, row)

        return adjust

    def service(self, *, with_key: bool = False) -> Adjustment:
        """Return what adjusts as the site does for a person, but for its page.

        Its forms carry a key, so that none is posted twice.
        """
        from products.models import Operation, StockMovement
        from products.services.operations import Author, Circumstances, Once
        from products.services.stock import Place, adjust_stock

        shop = self._shop

        def once(product_id: int, delta: int) -> Once:
            self._made += 1
            typed = {"mode": ["by"], "quantity": [str(delta)], "reason": ["correction"]}
            address = f"/products/{product_id}/adjust"
            request = {"address": address, "typed": typed, "files": {}}
            return Once(f"{shop.user_id}:{self._made:032d}", request)

        def adjust(product_id: int, delta: int) -> None:
            adjust_stock(
                place=Place(product_id, shop.location_id),
                kind=StockMovement.Kind.CORRECTION,
                delta=delta,
                circumstances=Circumstances(
                    author=Author.for_user(self._user, Operation.Source.SITE),
                    reason="A box fell off the shelf",
                    once=once(product_id, delta) if with_key else None,
                ),
            )

        return adjust


def adjust_at_once(
    shop: Shop, clients: int, database: str, turns: Sequence[Turn]
) -> list[float]:
    """Let `clients` processes take the `turns`, all at once; return seconds of each.

    `database` is the name of the configured database to use. What a client can't do,
    a deadlock for one, ends the race with its exception.
    """
    spans = at_once(_take, shop, turns, processes=clients, database=database)
    return [
        max(ended for _began, ended in turn) - min(began for began, _ended in turn)
        for turn in zip(*spans, strict=True)
    ]


def _take(shop: Shop, turns: Sequence[Turn], number: int) -> list[tuple[float, float]]:
    """Take the turns together with the others; return when each began and ended."""
    dice = random.Random(number)  # noqa: S311 - any rows will do
    sides = Adjuster(shop, number + 1).sides()
    spans = []
    for turn in turns:
        adjust = sides[turn.side]
        chosen = dice.choices(turn.product_ids, k=turn.adjustments // 2)
        try:
            start().wait(PATIENCE)
            began = monotonic()
            for product_id in chosen:
                adjust(product_id, 1)
                adjust(product_id, -1)
        except BaseException:
            start().abort()  # the others would wait for us
            raise
        spans.append((began, monotonic()))
    return spans
