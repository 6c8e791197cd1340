"""The next products of a list in its order, however many there are.

Every order has an index that also carries what the list is narrowed by. It is walked
for at most STEPS entries, which fills a page with anything common in a millisecond;
what is rarer has few enough rows to be found by its own indexes and sorted. See
docs/decisions/lists.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from time import monotonic
from typing import Any, cast

from django.db import connection
from django.db.models import (
    BooleanField,
    DecimalField,
    ExpressionWrapper,
    F,
    Field,
    Func,
    TextField,
    Value,
)

from products.models.product_queries import ProductQuerySet, WalkedQuerySet, hide
from products.models.products import Product

STEPS = 8_000
KEPT = 60  # seconds

Narrow = Callable[[ProductQuerySet], ProductQuerySet]


def field_of(column: str) -> "Field[Any, Any]":
    """Return the field of a product that an order goes by."""
    return cast("Field[Any, Any]", Product._meta.get_field(column))


class Reach(Enum):
    """How much of the products a list shows: nearly ALL, SOME, or surely a FEW."""

    ALL = "all"
    SOME = "some"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Key:
    """Where a product stands in an order: the value it is sorted by, and its id."""

    value: Any
    pk: int


@dataclass(frozen=True, slots=True)
class Order:
    """By a column and the id, both up or both down; rows without a value come last."""

    column: str
    is_falling: bool = False

    @property
    def is_nullable(self) -> bool:
        return field_of(self.column).null


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of an order without a break in the index: the rows with a value, or not.

    `is_rising` is the direction in which it is read.
    """

    order: Order
    has_value: bool
    is_rising: bool
    start: Key | None

    def columns(self) -> list[str]:
        return [self.order.column, "pk"] if self.has_value else ["pk"]

    def of(self, products: ProductQuerySet) -> ProductQuerySet:
        """Return the rows of this stretch, behind its start."""
        if self.order.is_nullable:
            products = products.filter(
                **{f"{self.order.column}__isnull": not self.has_value}
            )
        return products if self.start is None else self._beyond(products, self.start)

    def _beyond(self, products: ProductQuerySet, key: Key) -> ProductQuerySet:
        return self._side(products, key, "gt" if self.is_rising else "lt")

    def until(self, products: ProductQuerySet, key: Key) -> ProductQuerySet:
        """Keep what does not stand beyond `key`."""
        return self._side(products, key, "lte" if self.is_rising else "gte")

    def _side(self, products: ProductQuerySet, key: Key, side: str) -> ProductQuerySet:
        if not self.has_value:
            return products.filter(**{f"pk__{side}": key.pk})
        column = self.order.column
        beyond = products.filter(PairIs(side, column, key))
        if connection.vendor != "mysql":
            return beyond
        # Said once more for MariaDB, which reads no index by pairs.
        return beyond.filter(**{f"{column}__{side[:2]}e": key.value})

    def sort(self, products: ProductQuerySet) -> ProductQuerySet:
        return products.order_by(
            *(F(it).asc() if self.is_rising else F(it).desc() for it in self.columns())
        )

    def sort_hidden(self, products: ProductQuerySet) -> ProductQuerySet:
        """Sort so that no index of the order is walked for it."""
        hidden = (hide(it) for it in self.columns())
        return products.order_by(
            *(it.asc() if self.is_rising else it.desc() for it in hidden)
        )


_edges: dict[_Stretch, tuple[Key, float]] = {}  # of stretches without a start only


class PairIs(Func):
    """Whether (column, id) stands on a side of a key; every database compares pairs."""

    output_field = BooleanField()
    template = "(%(expressions)s)"
    SIDES = {"gt": ">", "lt": "<", "gte": ">=", "lte": "<="}

    def __init__(self, side: str, column: str, key: Key) -> None:
        self.side = self.SIDES[side]
        value = Value(key.value, output_field=field_of(column))
        super().__init__(F(column), F("pk"), value, Value(key.pk))

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_more: Any) -> Any:
        compiled = [compiler.compile(it) for it in self.get_source_expressions()]
        (column, _), (pk, _), (value, first), (key, second) = compiled
        sql = f"({column}, {pk}) {self.side} ({value}, {key})"
        return sql, [*first, *second]


def keys_in_order(
    order: Order,
    narrow: Narrow,
    *,
    limit: int,
    start: Key | None = None,
    backwards: bool = False,
    reach: Reach = Reach.SOME,
) -> list[Key]:
    """Return up to `limit` keys of the products that `narrow` keeps, behind `start`.

    With `backwards` those before it, the nearest first. One query for a page of all or
    of few; up to three for one of some, and as many once more where rows without a
    value follow.
    """
    found: list[Key] = []
    for stretch in _stretches(order, start, backwards=backwards):
        left = limit - len(found)
        found += _next_keys(stretch, narrow, left, reach)
        if len(found) == limit:
            break
    return found


def _stretches(
    order: Order, start: Key | None, *, backwards: bool
) -> Iterator[_Stretch]:
    is_rising = order.is_falling == backwards
    parts = [True, False] if order.is_nullable else [True]
    if backwards:
        parts.reverse()
    for has_value in parts:
        is_here = start is not None and (start.value is not None) == has_value
        if start is None or is_here:
            yield _Stretch(order, has_value, is_rising, start)
            start = None


def _next_keys(
    stretch: _Stretch, narrow: Narrow, limit: int, reach: Reach
) -> list[Key]:
    walked = stretch.of(WalkedQuerySet(Product))
    edge = _edge(stretch, walked) if reach is Reach.SOME else None
    if edge:
        near = narrow(stretch.until(walked, edge))
        found = _keys(stretch, stretch.sort(near)[:limit])
        if len(found) == limit:
            return found
    if edge or reach is Reach.FEW:
        indexed = narrow(stretch.of(ProductQuerySet(Product)))
        return _keys(stretch, stretch.sort_hidden(indexed)[:limit])
    return _keys(stretch, stretch.sort(narrow(walked))[:limit])


def _edge(stretch: _Stretch, walked: ProductQuerySet) -> Key | None:
    """Return where a walk ends; None where all that is left is no longer than one.

    From the beginning of an order it is kept for a minute: an edge that has moved
    makes a walk longer or shorter, never wrong.
    """
    kept, until = _edges.get(stretch, (None, 0.0))
    if kept is not None and monotonic() < until:
        return kept
    last = _keys(stretch, stretch.sort(walked)[STEPS - 1 : STEPS])
    if last and stretch.start is None:
        _edges[stretch] = last[0], monotonic() + KEPT
    return last[0] if last else None


def _keys(stretch: _Stretch, products: ProductQuerySet) -> list[Key]:
    column = stretch.order.column
    if not isinstance(field_of(column), DecimalField):
        return [Key(*row) for row in products.values_list(column, "pk")]
    # Unconverted: SQLite stores any text, and Django's conversion raises on it.
    stored = ExpressionWrapper(F(column), TextField())
    return [Key(_amount(it), pk) for it, pk in products.values_list(stored, "pk")]


def _amount(stored: object) -> Decimal | None:
    """Return a stored amount; a spoilt one as zero, so that it stands somewhere."""
    if stored is None:
        return None
    try:
        return Decimal(str(stored))
    except InvalidOperation:
        return Decimal(0)
