"""The order of a list in stretches, each read off an index without a break.

A stretch is a shape: which rows, in which direction. The keys it begins behind and ends
at are given when the database is asked, so that its SQL can be kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from django.db import connection
from django.db.models import BooleanField, F, Field, Func

from inventory_site.statements import Given
from products.models.product_queries import ProductQuerySet
from products.models.products import Product


def field_of(column: str) -> "Field[Any, Any]":
    """Return the stored field of a product that has this name."""
    return cast("Field[Any, Any]", Product._meta.get_field(column))


@dataclass(frozen=True, slots=True)
class Key:
    """Where a product stands in an order: the value it is sorted by, and its id."""

    value: Any
    pk: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind a key or, with `is_backwards`, before it.

    Without a key at the beginning or the end.
    """

    key: Key | None = None
    is_backwards: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """By a column and the id, both up or both down; rows without a value come last."""

    column: str
    is_falling: bool = False

    @property
    def is_nullable(self) -> bool:
        return field_of(self.column).null


class Start(Enum):
    """Where rows begin: at the beginning, BEHIND a key, or behind it in two parts.

    These are for databases that enter an index at a value, not at a pair, and would
    read all rows of that value: its TIES with a higher id, then what is BEYOND them.
    """

    NOWHERE = "nowhere"
    BEHIND = "behind"
    TIES = "ties"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an order without a break in the index: the rows with a value, or not.

    `is_rising` is the direction in which it is read. The keys themselves are given
    when it is asked for: “start”, and “edge” for `until`.
    """

    order: Order
    has_value: bool
    is_rising: bool
    start: Start

    def columns(self) -> list[str]:
        is_by_value = self.has_value and self.start is not Start.TIES
        return [self.order.column, "pk"] if is_by_value else ["pk"]

    def of(self, products: ProductQuerySet) -> ProductQuerySet:
        """Return the rows of this stretch, behind its start."""
        column, side = self.order.column, "gt" if self.is_rising else "lt"
        if self.order.is_nullable:
            products = products.filter(**{f"{column}__isnull": not self.has_value})
        if self.start is Start.NOWHERE:
            return products
        if self.start is Start.BEYOND:
            return products.filter(**{f"{column}__{side}": _given("start", column)})
        if self.start is Start.TIES:
            products = products.filter(**{column: _given("start", column)})
        return self._side(products, side, "start")

    def until(self, products: ProductQuerySet) -> ProductQuerySet:
        """Keep what does not stand beyond the edge."""
        return self._side(products, "lte" if self.is_rising else "gte", "edge")

    def _side(self, products: ProductQuerySet, side: str, key: str) -> ProductQuerySet:
        if self.columns() == ["pk"]:
            return products.filter(**{f"pk__{side}": _given(key, "id")})
        column = self.order.column
        beyond = products.filter(PairIs(side, column, key))
        if connection.vendor != "mysql":
            return beyond
        # Said once more for MariaDB, which reads no index by pairs.
        return beyond.filter(**{f"{column}__{side[:2]}e": _given(key, column)})

    def sort(self, products: ProductQuerySet) -> ProductQuerySet:
        return products.order_by(
            *(F(it).asc() if self.is_rising else F(it).desc() for it in self.columns())
        )

    def sort_hidden(self, products: ProductQuerySet) -> ProductQuerySet:
        """Sort so that no index of the order is walked for it."""
        hidden = (products.hidden(it) for it in self.columns())
        return products.order_by(
            *(it.asc() if self.is_rising else it.desc() for it in hidden)
        )


def _given(key: str, column: str) -> Given:
    return Given(f"{key}.{column}", field_of(column))


class PairIs(Func):
    """Whether (column, id) stands on a side of a key; every database compares pairs."""

    output_field = BooleanField()
    SIDES = {"gt": ">", "lt": "<", "gte": ">=", "lte": "<="}

    def __init__(self, side: str, column: str, key: str) -> None:
        self.side = self.SIDES[side]
        super().__init__(F(column), F("pk"), _given(key, column), _given(key, "id"))

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_more: Any) -> Any:
        compiled = [compiler.compile(it) for it in self.get_source_expressions()]
        (column, _), (pk, _), (value, first), (key, second) = compiled
        sql = f"({column}, {pk}) {self.side} ({value}, {key})"
        return sql, [*first, *second]


def stretches(order: Order, place: Place, *, is_walked: bool) -> Iterator[Stretch]:
    """Yield what follows a place, in turn; with `is_walked` only an index is read."""
    start = place.key
    is_rising = order.is_falling == place.is_backwards
    parts = [True, False] if order.is_nullable else [True]
    if place.is_backwards:
        parts.reverse()
    is_behind = start is None
    for has_value in parts:
        if is_behind:
            yield Stretch(order, has_value, is_rising, Start.NOWHERE)
        elif start is not None and (start.value is not None) == has_value:
            is_behind = True
            is_split = has_value and is_walked
            if is_split and connection.vendor != "postgresql":
                yield Stretch(order, has_value, is_rising, Start.TIES)
                yield Stretch(order, has_value, is_rising, Start.BEYOND)
            else:
                yield Stretch(order, has_value, is_rising, Start.BEHIND)
