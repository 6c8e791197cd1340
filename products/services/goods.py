"""Goods that come and go: deliveries and sales, many lines in one operation.

`stock` has the changes of a single line.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from products.errors import InsufficientStock, InvalidLine, NothingToPost, Short
from products.models import Location, Operation, StockLevel, StockMovement
from products.services.closings import check_open
from products.services.ledger import post
from products.services.levels import Stock, open_stock
from products.services.lines import Line
from products.services.operations import Circumstances, start_operation

MOST_LINES = 2_000  # of one document
NOTHING: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Received:
    """Units of a product that came in, at `unit_cost` each; None where not known."""

    product_id: int
    quantity: int
    unit_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """Units of a product that went out."""

    product_id: int
    quantity: int


@transaction.atomic
def receive_goods(
    *, lines: Sequence[Received], location_id: int, circumstances: Circumstances
) -> Operation:
    """Add every line to the stock of one location, or none.

    Lines of one product add up; those with another cost make a movement of their own.
    See `ledger.post` for locks and statements: a fixed number, however many lines.

    Raises NothingToPost without a line; InvalidLine, also for more than MOST_LINES;
    PeriodClosed; ProductGone.
    """
    check_lines(lines)
    units: Counter[tuple[int, Decimal | None]] = Counter()
    for line in lines:
        units[line.product_id, line.unit_cost] += line.quantity
    operation, is_new = start_operation(Operation.Kind.STOCK_RECEIVED, circumstances)
    if is_new:
        posted = [
            Line(
                product_id,
                location_id,
                StockMovement.Kind.RECEIVED,
                delta=quantity,
                unit_cost=unit_cost,
            )
            for (product_id, unit_cost), quantity in units.items()
        ]
        _post(operation, posted, circumstances)
    return operation


@transaction.atomic
def sell_goods(
    *,
    lines: Sequence[Sold],
    location_id: int,
    circumstances: Circumstances,
    found: Mapping[int, int] = NOTHING,
) -> Operation:
    """Take every line from the stock of one location, or none.

    Lines of one product add up. `found` is by product how many units somebody has in
    hand that the book says are gone: as many of them as are missing are posted as
    found, before the sale. What is held is not missing, and stays where it is.

    Locks the closing for a late entry, then products and levels.

    Raises InsufficientStock naming every short product with what is on hand and held;
    NothingToPost without a line; InvalidLine, also for more than MOST_LINES;
    PeriodClosed; ProductGone.
    """
    check_lines(lines)
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line.product_id] += line.quantity
    operation, is_new = start_operation(Operation.Kind.STOCK_ISSUED, circumstances)
    if not is_new:
        return operation
    if circumstances.effective_at is not None:
        check_open(circumstances.effective_at)  # the closing is locked before products
    stock = open_stock(wanted.keys(), now=circumstances.now or timezone.now())
    missing = _missing(wanted, found, stock, location_id)
    posted = []
    for product_id, quantity in wanted.items():
        if missing[product_id]:
            posted.append(
                Line(
                    product_id,
                    location_id,
                    StockMovement.Kind.FOUND,
                    delta=missing[product_id],
                )
            )
        posted.append(
            Line(product_id, location_id, StockMovement.Kind.SOLD, delta=-quantity)
        )
    _post(operation, posted, circumstances)
    return operation


def check_lines(lines: Sequence[Received] | Sequence[Sold]) -> None:
    """Raise NothingToPost or InvalidLine for a document that can't be posted."""
    if not lines:
        raise NothingToPost(_("There is no line to post."))
    if len(lines) > MOST_LINES:
        raise InvalidLine(
            _("A document takes %(most)s lines at most. Post it in parts.")
            % {"most": number_format(MOST_LINES, force_grouping=True)}
        )
    if any(line.quantity <= 0 for line in lines):
        raise InvalidLine(_("Each line needs one unit or more."))


def _missing(
    wanted: Mapping[int, int], found: Mapping[int, int], stock: Stock, location_id: int
) -> Counter[int]:
    """Say how many units are to be found; raise InsufficientStock for the others."""
    missing: Counter[int] = Counter()
    shorts: list[Short] = []
    place = Location.objects.get(pk=location_id).name
    for product_id, quantity in wanted.items():
        level = stock.levels.get((product_id, location_id)) or StockLevel()
        if quantity <= level.available:
            continue
        short = Short(
            stock.products[product_id].sku,
            place,
            quantity,
            level.available,
            held=level.reserved,
            product_id=product_id,
        )
        if 0 < short.missing <= found.get(product_id, 0):
            missing[product_id] = short.missing
        else:
            shorts.append(short)
    if shorts:
        raise InsufficientStock(shorts)
    return missing


def _post(
    operation: Operation, lines: Sequence[Line], circumstances: Circumstances
) -> None:
    post(
        operation,
        lines,
        now=circumstances.now,
        effective_at=circumstances.effective_at,
    )
