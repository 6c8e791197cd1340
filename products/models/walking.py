"""The next products of a list in its order, however many there are.

Every order has an index that also carries what the list is narrowed by. It is walked
for at most STEPS entries, which fills a page with anything common in a millisecond;
what is rarer has few enough rows to be found by its own indexes and sorted. See
docs/decisions/lists.md.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import Enum
from time import monotonic

from django.db import connection
from django.db.models import DecimalField, ExpressionWrapper, F, TextField

from inventory_site.statements import question
from products.models.product_queries import (
    FoundQuerySet,
    ProductQuerySet,
    WalkedQuerySet,
)
from products.models.products import Product
from products.models.stretches import (
    Key,
    Order,
    Place,
    Start,
    Stretch,
    field_of,
    stretches,
)

STEPS = 8_000
# How much farther to walk where the first walk has found its share of a page. SQLite
# looks up what is rare in less time.
FAR = {"sqlite": 1, "postgresql": 4, "mysql": 4}
KEPT = 60  # seconds
FIRST = Place()

Narrow = Callable[[ProductQuerySet], ProductQuerySet]
Make = Callable[[], ProductQuerySet]


class Reach(Enum):
    """How much of the products a list shows: nearly ALL, SOME, or surely a FEW."""

    ALL = "all"
    SOME = "some"
    FEW = "few"


_edges: dict[tuple[Stretch, int], tuple[Key, float]] = {}  # of walks from a beginning


def keys_in_order(
    order: Order,
    narrow: Narrow,
    *,
    limit: int,
    place: Place = FIRST,
    reach: Reach = Reach.SOME,
    name: Hashable = None,
) -> list[Key]:
    """Return up to `limit` keys of the products that `narrow` keeps, at `place`.

    Those before it come the nearest first. One query for a page of all or
    of few, two of all behind a start on SQLite and MariaDB; up to three for one of
    some, five from the beginning; and as many once more where rows without a value
    follow. The SQL is kept under `name`, which then says all that `narrow` does.
    """
    found: list[Key] = []
    is_walked = reach is Reach.ALL
    for stretch in stretches(order, place, is_walked=is_walked):
        asking = _Asking(stretch, place.key, narrow, name)
        found += _next_keys(asking, limit - len(found), reach)
        if len(found) == limit:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Asking:
    """A stretch behind a start, and what is kept of it."""

    stretch: Stretch
    start: Key | None
    narrow: Narrow
    name: Hashable

    def edge(self, steps: int) -> list[Key]:
        """Return where a walk ends, if all that is left is longer than one."""

        def make() -> ProductQuerySet:
            whole = self.stretch.of(WalkedQuerySet(Product))
            return self.stretch.sort(whole)[steps - 1 : steps]

        return self._keys(("edge", steps), make)

    def near(self, edge: Key, limit: int) -> list[Key]:
        """Walk as far as the edge."""

        def make() -> ProductQuerySet:
            return self.stretch.sort(self.stretch.until(self._walked()))[:limit]

        return self._keys(self._named("near", limit), make, edge)

    def onward(self, edge: Key) -> "_Asking":
        """Return what lies behind an edge."""
        behind = replace(self.stretch, start=Start.BEHIND)
        return _Asking(behind, edge, self.narrow, self.name)

    def walk(self, limit: int) -> list[Key]:
        def make() -> ProductQuerySet:
            return self.stretch.sort(self._walked())[:limit]

        return self._keys(self._named("walk", limit), make)

    def look_up(self, limit: int) -> list[Key]:
        """Let other indexes find all, and sort them."""

        def make() -> ProductQuerySet:
            indexed = self.narrow(self.stretch.of(FoundQuerySet(Product)))
            return self.stretch.sort_hidden(indexed)[:limit]

        return self._keys(self._named("look up", limit), make)

    def _walked(self) -> ProductQuerySet:
        # Narrowed first: SQLite judges a row in the order of the words, and whether a
        # pair lies behind another takes longer than all else.
        return self.stretch.of(self.narrow(WalkedQuerySet(Product)))

    def _named(self, kind: str, limit: int) -> Hashable:
        return None if self.name is None else (kind, limit, self.name)

    def _keys(
        self,
        name: Hashable,
        make: Callable[[], ProductQuerySet],
        edge: Key | None = None,
    ) -> list[Key]:
        column = self.stretch.order.column
        is_decimal = isinstance(field_of(column), DecimalField)
        # Unconverted: SQLite stores any text, and Django's conversion raises on it.
        value = ExpressionWrapper(F(column), TextField()) if is_decimal else column
        asked = question(
            name and (self.stretch, name), lambda: make().values_list(value, "pk")
        )
        given = {
            f"{key}.{of}": said
            for key, at in (("start", self.start), ("edge", edge))
            if at is not None
            for of, said in ((column, at.value), ("id", at.pk))
        }
        rows = asked.rows(given)
        return [Key(_amount(it) if is_decimal else it, pk) for it, pk in rows]


def _next_keys(asking: _Asking, limit: int, reach: Reach) -> list[Key]:
    edge = _edge(asking, STEPS) if reach is Reach.SOME else None
    if edge:
        found = asking.near(edge, limit)
        is_beginning = asking.stretch.start is Start.NOWHERE
        times = FAR[connection.vendor]
        if is_beginning and limit / times <= len(found) < limit:
            far = _edge(asking, times * STEPS)
            if far:
                found += asking.onward(edge).near(far, limit - len(found))
        if len(found) == limit:
            return found
    if edge or reach is Reach.FEW:
        return asking.look_up(limit)
    return asking.walk(limit)


def _edge(asking: _Asking, steps: int) -> Key | None:
    """Return where a walk ends; None where all that is left is no longer than one.

    From the beginning of an order it is kept for a minute: an edge that has moved
    makes a walk longer or shorter, never wrong.
    """
    kept, until = _edges.get((asking.stretch, steps), (None, 0.0))
    if kept is not None and monotonic() < until:
        return kept
    last = asking.edge(steps)
    if last and asking.stretch.start is Start.NOWHERE:
        _edges[asking.stretch, steps] = last[0], monotonic() + KEPT
    return last[0] if last else None


def _amount(stored: object) -> Decimal | None:
    """Return a stored amount; a spoilt one as zero, so that it stands somewhere."""
    if stored is None:
        return None
    try:
        return Decimal(str(stored))
    except InvalidOperation:
        return Decimal(0)
