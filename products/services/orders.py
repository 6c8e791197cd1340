"""Lines of a shop's orders: which of them are sold, and posting what is not yet.

docs/decisions/orders.md says what makes a line the same line, and why each posting is
a row of its own.
"""

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from products.errors import InventoryError
from products.fields import fold_key
from products.models import Operation, OrderLine, StockMovement
from products.services.catalogue import ROWS
from products.services.ledger import post
from products.services.lines import Line
from products.services.locking import LevelKey
from products.services.order_states import find_states
from products.services.valuation import ZERO


@dataclass(frozen=True, slots=True)
class OrderPosting:
    """The sale of an order's line, dated `sold_at`; or the return of what it had sold.

    `turn` is how many postings of the line the caller knows of. A return is dated when
    it is posted, and brings back the `value` that left, in the shop's currency.
    """

    key: str
    turn: int
    order_name: str
    position: int
    sku: str
    product_id: int
    location_id: int
    quantity: int
    sold_at: datetime | None = None
    value: Decimal = ZERO

    @property
    def is_return(self) -> bool:
        return self.sold_at is None

    def line(self) -> Line:
        """Return the line of the ledger that posts it."""
        if self.is_return:
            return Line(
                self.product_id,
                self.location_id,
                StockMovement.Kind.RETURNED,
                delta=self.quantity,
                value_delta=self.value,
            )
        return Line(
            self.product_id,
            self.location_id,
            StockMovement.Kind.SOLD,
            delta=-self.quantity,
            effective_at=self.sold_at,
        )


class OrdersOutdated(InventoryError):
    """Somebody posted lines of the same orders, or undid that, in the meantime."""

    code = "orders_outdated"


def order_line_key(order_name: str, position: int, sku: str, name: str) -> str:
    """Return what a line of an order has in common with itself in another file.

    `position` counts the lines of this SKU in the order, from 1; a line without a SKU
    goes by its `name`.
    """
    goods = ["sku", fold_key(sku)] if sku else ["name", fold_key(name)]
    text = json.dumps([fold_key(order_name), position, *goods])
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def post_order_lines(
    *, operation: Operation, postings: Sequence[OrderPosting], now: datetime
) -> None:
    """Post every line under `operation`, or none; each sale and each return once.

    See `ledger.post` for locks and what else it raises; three statements more, and one
    for each time that something was undone. Raises OrdersOutdated when a line is not
    as its posting knows it, and IntegrityError when another import has just posted it.
    """
    movements = post(operation, [each.line() for each in postings], now=now)
    # The products are locked by now, as they are by whoever undoes an import.
    _check_turns(postings)
    made: dict[LevelKey, deque[StockMovement]] = defaultdict(deque)
    for movement in movements:
        made[movement.product_id or 0, movement.location_id].append(movement)
    OrderLine.objects.bulk_create(
        [
            OrderLine(
                key=each.key,
                turn=each.turn,
                order_name=each.order_name,
                position=each.position,
                sku=each.sku,
                product_id=each.product_id,
                location_id=each.location_id,
                quantity=each.quantity,
                value=abs(
                    made[each.product_id, each.location_id].popleft().value_delta
                ),
                is_return=each.is_return,
                operation=operation,
            )
            for each in postings
        ],
        batch_size=ROWS,
    )


def _check_turns(postings: Sequence[OrderPosting]) -> None:
    states = find_states([each.key for each in postings])
    stale = [
        each.order_name
        for each in postings
        if each.turn != states[each.key].turns
        or not states[each.key].takes(is_return=each.is_return)
    ]
    if stale:
        raise OrdersOutdated(
            _("Order %(order)s was imported or undone by somebody in the meantime.")
            % {"order": stale[0]}
        )
