"""What was counted against what the ledger says of the moment it was counted.

Reads only. What is sold after a count changes neither side: the difference is that of
the moment, so it can be posted whenever somebody decides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Max

from products.errors import Unreadable
from products.models import (
    Product,
    StockCount,
    StockLevel,
    StockMovement,
    Stocktake,
    StocktakeLine,
)
from products.models.stored import as_stored, read_decimal, to_count
from products.services.stocktake_judging import Need, Outcome, compare

BATCH = 2_000  # lines looked at together

Person = tuple[int | None, str]  # an id, or the name of somebody who is gone


@dataclass(slots=True)
class _Seen:
    """The counts of one line: those of its round, and who counted before."""

    quantity: int = 0
    at: datetime | None = None
    people: dict[Person, str] = field(default_factory=dict)
    earlier: set[Person] = field(default_factory=set)
    is_readable: bool = True

    @property
    def is_second_opinion(self) -> bool:
        return bool(self.earlier) and not self.earlier & self.people.keys()


@dataclass(frozen=True, slots=True)
class _Book:
    """What the books say of a product now, and what moved it lately.

    `value` is as it is stored.
    """

    on_hand: int
    held: int
    value: object
    last_sequence: int

    def unit_value(self, cost: object) -> Decimal | None:
        """Return what a unit is worth; raises Unreadable."""
        value, own = read_decimal(self.value, StockLevel), read_decimal(cost, Product)
        return value / self.on_hand if self.on_hand and value else own


def outcomes_of(
    stocktake: Stocktake, lines: Iterable[StocktakeLine]
) -> Iterator[Outcome]:
    """Yield what became of each line, in their order; four queries per BATCH lines.

    Each line is compared with one state of its level, whatever is sold meanwhile. Who
    acts upon it locks the levels first.
    """
    assumed_at = _last_count(stocktake) if stocktake.sets_uncounted_to_zero else None
    batch: list[StocktakeLine] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield from _outcomes(stocktake, batch, assumed_at)
            batch = []
    if batch:
        yield from _outcomes(stocktake, batch, assumed_at)


def _last_count(stocktake: Stocktake) -> datetime | None:
    """Return when anything was counted last: what nobody saw by then was not there."""
    counts = StockCount.objects.filter(line__stocktake=stocktake, is_void=False)
    last: datetime | None = counts.aggregate(last=Max("counted_at"))["last"]
    return last


def _outcomes(
    stocktake: Stocktake, lines: Sequence[StocktakeLine], assumed_at: datetime | None
) -> Iterator[Outcome]:
    seen = _counts(lines)
    moments: dict[int, datetime] = {}
    for line in lines:
        moment = seen[line.pk].at or (assumed_at if line.round == 1 else None)
        if moment is not None and line.product_id is not None:
            moments[line.product_id] = moment
    costs = dict(
        Product.objects.filter(pk__in=moments.keys()).values_list(
            "pk", as_stored("cost")
        )
    )
    # The levels before the movements: what is recorded in between has a sequence
    # above the one that the level had.
    books = _books(stocktake.location_id, moments.keys())
    since, damaged = _moved_since(stocktake.location_id, moments, books)
    for line in lines:
        product_id = line.product_id or 0  # never 0: stocktakeline_has_product
        own = seen[line.pk]
        is_gone = product_id in moments and product_id not in costs
        seen_units = own.quantity if own.is_readable and own.at else None
        unreadable = Outcome(line, seen_units, own.at, need=Need.UNREADABLE)
        if not own.is_readable or product_id in damaged:
            yield unreadable
        elif product_id not in moments:
            yield Outcome(line, need=Need.RECOUNT if line.round > 1 else None)
        elif is_gone:
            counted = None if own.at is None else own.quantity
            yield Outcome(line, counted, own.at, is_gone=True)
        else:
            book = books.get(product_id, _Book(0, 0, 0, 0))
            counted_line = Outcome(
                line,
                own.quantity,
                moments[product_id],
                is_assumed=own.at is None,
                moved_since=since[product_id],
                on_hand=book.on_hand,
                held=book.held,
                counters=tuple(own.people.values()),
            )
            try:
                yield compare(
                    stocktake,
                    counted_line,
                    unit_value=book.unit_value(costs[product_id]),
                    is_second_opinion=own.is_second_opinion,
                )
            except Unreadable:
                yield unreadable


def _counts(lines: Sequence[StocktakeLine]) -> dict[int, _Seen]:
    seen: dict[int, _Seen] = defaultdict(_Seen)
    rounds = {line.pk: line.round for line in lines}
    rows = StockCount.objects.filter(line_id__in=rounds.keys(), is_void=False)
    columns = ("round", "quantity", "counted_at", "counted_by_id", "counted_by_label")
    for line_id, number, quantity, at, by_id, label in rows.order_by("pk").values_list(
        "line_id", *columns
    ):
        own, person = seen[line_id], (by_id, "" if by_id else label)
        if number != rounds[line_id]:
            own.earlier.add(person)
            continue
        if at is None or to_count(quantity) is None:
            own.is_readable = False
            continue
        own.quantity += quantity
        own.at = max(own.at or at, at)
        own.people[person] = label
    return seen


def _books(location_id: int, product_ids: Collection[int]) -> dict[int, _Book]:
    rows = StockLevel.objects.filter(
        location_id=location_id, product_id__in=product_ids
    ).values_list(
        "product_id", "on_hand", "reserved", as_stored("value"), "last_sequence"
    )
    return {
        product_id: _Book(on_hand, held, value, sequence)
        for product_id, on_hand, held, value, sequence in rows
    }


def _moved_since(
    location_id: int, moments: dict[int, datetime], books: dict[int, _Book]
) -> tuple[dict[int, int], set[int]]:
    """Add up, per product, what the business date puts after its count.

    And return the products of which that can't be read.
    """
    moved: dict[int, int] = defaultdict(int)
    damaged: set[int] = set()
    if not moments:
        return moved, damaged
    rows = StockMovement.objects.filter(
        location_id=location_id,
        product_id__in=moments.keys(),
        recorded_at__gt=min(moments.values()),  # never before its business date
    ).values_list("product_id", "sequence", "effective_at", "delta")
    for product_id, sequence, effective_at, delta in rows.order_by():
        book = books.get(product_id or 0)
        if book is None:
            continue
        figures = (sequence, book.last_sequence, delta)
        if effective_at is None or None in map(to_count, figures):
            damaged.add(product_id or 0)
        elif sequence > book.last_sequence:
            continue
        elif effective_at > moments[product_id or 0]:
            moved[product_id or 0] += delta
    return moved, damaged
