"""The whole catalogue as it was at any moment, by business date.

By SKU, for lists and files: what did not move since is read from the level itself,
what did is one look-up in the ledger. Never all of it in memory. Of products that are
gone, the name and the category are those of the record that was kept; of the others,
today's. The figures alone are faster in no order: see `stock_cells`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextField, When

from products.fields import fold_words, search_text
from products.models import Product, StockLevel
from products.models.stored import as_stored, to_count, to_decimal
from products.reports.deletions import deletions
from products.services.balances import (
    KEYS,
    Balance,
    balances_of,
    last_recorded,
    late_balances,
)
from products.services.locking import LevelKey

PAGE = 2_000  # levels in memory
JUMP = timedelta(days=1)  # a clock may have been set back by this much
COST_STEP = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class StockLine:
    """What there was of a product at a location, in base units.

    `value` is in the shop's currency; both are None where no number is stored. A
    product that is gone has the `category_label` of its record too: its category may be
    gone.
    """

    product_id: int
    sku: str
    name: str
    category_id: int | None
    location_id: int
    quantity: int | None
    value: Decimal | None
    is_gone: bool = False
    category_label: str = ""

    @property
    def is_empty(self) -> bool:
        return self.quantity == 0 and not self.value

    @property
    def known_value(self) -> Decimal | None:
        """The value; None for stock that nobody has said the cost of."""
        return self.value or (Decimal(0) if self.quantity == 0 else None)

    @property
    def unit_cost(self) -> Decimal | None:
        """The average cost of a unit; None where it is not known."""
        if not self.quantity or self.quantity < 0 or not self.value:
            return None
        return (self.value / self.quantity).quantize(COST_STEP)


def stock_at(moment: datetime, *, search: str = "") -> Iterator[StockLine]:
    """Yield what was in stock at `moment`, by SKU and then by location.

    Products that are gone come last, by the SKU they had. A query per PAGE levels, two
    per KEYS gone products, one for the late entries. Read it inside `one_moment`: then
    no change that somebody makes meanwhile is seen by half.
    """
    yield from present_at(moment, search=search)
    yield from gone_at(moment, search=search)


def present_at(
    moment: datetime, *, search: str = "", after: str = "", batch: int = PAGE
) -> Iterator[StockLine]:
    """Yield the stock of the products that are there, from the SKU key `after` on.

    With `search`, of those it finds. `batch` levels are read at a time.
    """
    late = late_balances(moment)
    for row in _in_sku_order(_levels(moment, search), after, batch):
        line = _line(row, late)
        if not line.is_empty:
            yield line


def gone_at(moment: datetime, *, search: str = "") -> Iterator[StockLine]:
    """Yield the stock of the products that were deleted since and are gone."""
    deleted = deletions().filter(
        # Whatever was deleted before had no stock any more at `moment`.
        ~Exists(Product.objects.filter(pk=OuterRef("product_id"))),
        operation__created_at__gt=moment - JUMP,
    )
    records = deleted.order_by("sku", "pk").values_list(
        "product_id",
        "sku",
        "before__name",
        "before__category__id",
        "before__category__label",
    )
    for start in range(0, records.count(), KEYS):
        rows = records[start : start + KEYS]
        found = {row[0]: row for row in rows if _has_words(row, search)}
        yield from _gone_lines(found, moment)


def _levels(moment: datetime, search: str = "") -> QuerySet[Any]:
    """Return the levels with `quantity` and `worth` as they were recorded then."""
    levels = StockLevel.objects.filter(last_recorded_at__isnull=False)
    if search:
        levels = levels.filter(product__in=Product.objects.search(search))
    # What has not moved since is as it was; only for the others the ledger is asked.
    is_still = Q(last_recorded_at__lte=moment)
    return levels.annotate(
        quantity=Case(
            When(is_still, then=as_stored("on_hand")),
            default=last_recorded(moment, "balance_after"),
            output_field=TextField(),
        ),
        worth=Case(
            When(is_still, then=as_stored("value")),
            default=last_recorded(moment, "value_after"),
            output_field=TextField(),
        ),
    )


def _in_sku_order(
    levels: QuerySet[Any], after: str, batch: int
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of every product whose SKU key follows `after`.

    Each query starts behind the last row of the one before: a cursor would be read as
    a whole by MariaDB's driver.
    """
    ordered = levels.order_by("product__sku_key", "location_id").values_list(
        "product__sku_key",
        "location_id",
        "product_id",
        "product__sku",
        "product__name",
        "product__category_id",
        "quantity",
        "worth",
    )
    rows = list(ordered.filter(product__sku_key__gt=after)[:batch])
    while rows:
        yield from rows
        key, location_id, *_rest = rows[-1]
        follows = Q(product__sku_key__gt=key) | Q(location_id__gt=location_id)
        rows = list(ordered.filter(follows, product__sku_key__gte=key)[:batch])


def _line(row: tuple[Any, ...], late: Mapping[LevelKey, Balance]) -> StockLine:
    _key, location_id, product_id, sku, name, category_id, quantity, worth = row
    quantity, value = _balance((product_id, location_id), quantity, worth, late)
    return StockLine(product_id, sku, name, category_id, location_id, quantity, value)


def _balance(
    key: LevelKey,
    stored: object,
    worth: object,
    late: Mapping[LevelKey, Balance],
) -> tuple[int | None, Decimal | None]:
    """Return units and value of a level: as recorded, plus the late entries."""
    quantity = to_count(0 if stored is None else stored)
    value = Decimal(0) if worth is None else to_decimal(worth)
    added = late.get(key, Balance())
    return (
        None if quantity is None else quantity + added.quantity,
        None if value is None else value + added.value,
    )


def _has_words(record: tuple[Any, ...], search: str) -> bool:
    """Say whether every word of `search` begins a word of the record's SKU or name."""
    _product_id, sku, name, *_category = record
    words = search_text(sku, name)
    return all(f" {word}" in words for word in fold_words(search).split())


def _gone_lines(
    records: Mapping[int, tuple[Any, ...]], moment: datetime
) -> Iterator[StockLine]:
    order = {product_id: position for position, product_id in enumerate(records)}
    balances = balances_of(records.keys(), moment)
    for product_id, location_id in sorted(
        balances, key=lambda key: (order[key[0]], key[1])
    ):
        balance = balances[product_id, location_id]
        _pk, sku, name, category_id, label = records[product_id]
        line = StockLine(
            product_id,
            sku,
            name or sku,
            category_id,
            location_id,
            balance.quantity,
            balance.value,
            is_gone=True,
            category_label=label or "",
        )
        if not line.is_empty:
            yield line
