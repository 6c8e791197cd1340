"""The one writer of stock: movements are made here and nowhere else.

`levels` stores the levels, `totals` the totals of the products.

docs/decisions/ledger.md and docs/decisions/locking.md say why it is built this way.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from products.errors import InsufficientStock, Short
from products.models import (
    Location,
    Operation,
    Product,
    StockLevel,
    StockMovement,
)
from products.services.chain import GENESIS, VERSION, movement_hash
from products.services.closings import check_open
from products.services.inserting import insert_rows
from products.services.levels import Stock, close_levels, open_stock, save_levels
from products.services.lines import Line, check_line, check_place
from products.services.locking import LevelKey, share_locations
from products.services.rows import make, using
from products.services.totals import save_totals, save_totals_of_one
from products.services.valuation import ZERO, value_change

NO_CHANGE: Mapping[LevelKey, int] = MappingProxyType({})


@dataclass(slots=True)
class _Page:
    """An open level: the locked row, what it belongs to, and the movements to add."""

    level: StockLevel
    product: Product
    location: Location
    movements: list[StockMovement] = field(default_factory=list)

    @property
    def key(self) -> LevelKey:
        return self.level.product_id, self.level.location_id

    def short(self, wanted: int) -> Short:
        return Short(self.product.sku, self.location.name, wanted, self.level.available)


def post(
    operation: Operation,
    lines: Sequence[Line],
    *,
    now: datetime | None = None,
    effective_at: datetime | None = None,
    holding: Mapping[LevelKey, int] = NO_CHANGE,
    leaving: Collection[int] = (),
) -> list[StockMovement]:
    """Write all `lines` of one operation, or nothing; return the movements made.

    A line that changes nothing (a count that matches) makes no movement. `holding` is
    how many units more (or less, below zero) are held per level from now on: what is
    let go can be taken by the lines, and what they bring in can be held.

    A line's own `effective_at` goes before that of the call. `leaving` are products
    that the caller deletes next: their emptied levels go, and their totals stay as they
    are.

    Locks the closing when there is an `effective_at`, then products and levels; see
    `open_stock`; what brings stock in also keeps its locations in use until the
    transaction ends. Five statements for one line, six where it brings something in,
    and for many lines a fixed number per 5,000. Nothing is written before all is
    checked, so it needs no savepoint of its own.

    Raises ProductGone; PeriodClosed; InvalidLine; InsufficientStock naming every
    short line.
    """
    dates = [line.effective_at for line in lines] + [effective_at]
    earliest = min((date for date in dates if date is not None), default=None)
    if earliest is not None:
        check_open(earliest)
    clock = now or timezone.now()
    keys = {(line.product_id, line.location_id) for line in lines} | holding.keys()
    with using(None) as cursor:
        stock = open_stock({key[0] for key in keys}, now=clock, cursor=cursor)
        pages = _open_pages(keys, stock, _places(lines, keys, cursor))
        _let_go(pages, holding)
        shorts = [
            *_add_movements(pages, lines, operation, clock, effective_at),
            *_hold(pages, holding),
        ]
        if shorts:
            raise InsufficientStock(shorts)
        touched = [it for it in pages.values() if it.movements or it.key in holding]
        _write(cursor, stock, touched, frozenset(leaving))
    return [movement for page in touched for movement in page.movements]


def _places(
    lines: Iterable[Line], keys: Collection[LevelKey], cursor: CursorWrapper
) -> dict[int, Location]:
    """Return the locations by id: kept in use, if something goes there.

    After the products, because who puts a location out of use locks none. Those that
    are only taken from are read when a refusal has to name them.
    """
    ids = {key[1] for key in keys}
    if any(line.delta > 0 or line.counted is not None for line in lines):
        return share_locations(ids, cursor)
    return {pk: make(Location, {"id": pk}, is_new=False) for pk in ids}


def _open_pages(
    keys: Collection[LevelKey], stock: Stock, locations: Mapping[int, Location]
) -> dict[LevelKey, _Page]:
    pages: dict[LevelKey, _Page] = {}
    for product_id, location_id in sorted(keys):
        level = stock.levels.get((product_id, location_id)) or StockLevel(
            product_id=product_id, location_id=location_id, value=ZERO
        )
        pages[product_id, location_id] = _Page(
            level, stock.products[product_id], locations[location_id]
        )
    return pages


def _let_go(pages: dict[LevelKey, _Page], holding: Mapping[LevelKey, int]) -> None:
    for key, units in holding.items():
        if units < 0:
            pages[key].level.reserved += units


def _hold(
    pages: dict[LevelKey, _Page], holding: Mapping[LevelKey, int]
) -> Iterator[Short]:
    for key, units in holding.items():
        if units <= 0:
            continue
        page = pages[key]
        if units > page.level.available:
            yield page.short(units)
        page.level.reserved += units


def _add_movements(
    pages: dict[LevelKey, _Page],
    lines: Iterable[Line],
    operation: Operation,
    clock: datetime,
    effective_at: datetime | None,
) -> Iterator[Short]:
    """Apply the lines in their order; yield what is short of each."""
    taken: Decimal | None = None
    for line in lines:
        page = pages[line.product_id, line.location_id]
        check_line(line)
        made = _add_movement(
            page,
            replace(line, value_delta=taken) if line.is_arrival else line,
            operation,
            clock,
            line.effective_at or effective_at,
        )
        if isinstance(made, Short):
            yield made
        taken = -made.value_delta if isinstance(made, StockMovement) else None


def _add_movement(
    page: _Page,
    line: Line,
    operation: Operation,
    clock: datetime,
    effective_at: datetime | None,
) -> StockMovement | Short | None:
    """Apply `line` to the open page; return the shortage instead when there is one.

    None when it changes nothing.
    """
    level = page.level
    delta = line.delta if line.counted is None else line.counted - level.on_hand
    check_place(delta, page.product, page.location)
    if delta < 0 and level.available + delta < 0:
        return page.short(-delta)
    unit_cost, value_delta = value_change(
        level,
        delta,
        unit_cost=line.unit_cost if delta > 0 else None,
        fallback=page.product.cost,
        exact=line.value_delta,
    )
    if delta == 0 and value_delta == 0:
        return None
    # A clock that jumps back is held at the last value, so that `recorded_at` never
    # goes back along the sequence.
    recorded_at = max(clock, level.last_recorded_at or clock)
    effective = min(effective_at or recorded_at, recorded_at)
    level.on_hand += delta
    level.value += value_delta
    level.last_sequence += 1
    level.last_recorded_at = recorded_at
    movement = make(
        StockMovement,
        {
            "id": None,
            "operation_id": operation.pk,
            "product_id": level.product_id,
            "sku": page.product.sku,
            "location_id": level.location_id,
            "sequence": level.last_sequence,
            "kind": line.kind,
            "delta": delta,
            "balance_after": level.on_hand,
            "unit_cost": unit_cost,
            "value_delta": value_delta,
            "value_after": level.value,
            "recorded_at": recorded_at,
            "effective_at": effective,
            "is_backdated": effective < recorded_at,
            "hash_version": VERSION,
            "previous_hash": level.last_hash or GENESIS,
        },
    )
    level.last_hash = movement.hash = movement_hash(movement)
    page.movements.append(movement)
    return movement


def _write(
    cursor: CursorWrapper,
    stock: Stock,
    touched: Sequence[_Page],
    leaving: Collection[int],
) -> None:
    """Store the movements, the levels and the totals; nothing where none is touched."""
    insert_rows([it for page in touched for it in page.movements], cursor=cursor)
    staying = [page.level for page in touched if page.key[0] not in leaving]
    save_levels(staying, cursor)
    if len(stock.products) == 1 and staying:
        of_product = {**stock.levels, **{page.key: page.level for page in touched}}
        save_totals_of_one(staying[0].product_id, of_product.values(), cursor)
    else:
        save_totals({level.product_id for level in staying}, cursor)
    if leaving:
        close_levels([page.level for page in touched if page.key[0] in leaving])
