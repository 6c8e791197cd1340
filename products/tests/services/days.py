"""Whatever may happen in a shop in one day, as steps that hypothesis puts in a row.

A step takes whatever there is to take: the number it carries picks a product, an open
hold, a transfer. What the shop refuses is part of the day.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from hypothesis import strategies as st

from products.errors import InventoryError
from products.models import (
    Hold,
    Location,
    Operation,
    Product,
    StockMovement,
    Transfer,
)
from products.services.deleting import delete_product
from products.services.goods import Received, Sold, receive_goods, sell_goods
from products.services.reservations import (
    Wanted,
    fulfil_holds,
    hold_stock,
    release_holds,
    renew_holds,
)
from products.services.stock import Place, adjust_stock
from products.services.transfer_drafts import Draft, create_transfer
from products.services.transfer_lines import Arrival
from products.services.transfer_steps import (
    cancel_transfer,
    receive_transfer,
    send_transfer,
)
from products.services.transfers import Item, Route, transfer_stock
from products.services.undo import undo_operation
from products.tests import stocktaking
from products.tests.factories import by

HOUR = timedelta(hours=1)


class Day:
    """A shop with two locations, and the clock of its day."""

    def __init__(self, products: list[Product], places: list[Location]) -> None:
        self.products, self.places = products, places
        self.now: datetime = timezone.now()

    def step(self, name: str, number: int, units: int) -> None:
        """Let an hour pass and do one thing; may raise InventoryError."""
        self.now += HOUR
        STEPS[name](self, number, units)

    def circumstances(self, **details: Any) -> Any:
        return by(now=self.now, **details)

    def place(self, number: int) -> Place:
        product = self.products[number % len(self.products)]
        return Place(product.pk, self.places[number // 2 % 2].pk)

    def receive(self, number: int, units: int) -> None:
        place = self.place(number)
        cost = None if number % 3 == 0 else Decimal(number) / 7
        cost = cost if cost is None else cost.quantize(Decimal("0.000001"))
        late = self.now - 3 * HOUR if number % 4 == 0 else None
        receive_goods(
            lines=[Received(place.product_id, units, cost)],
            location_id=place.location_id,
            circumstances=self.circumstances(effective_at=late),
        )

    def sell(self, number: int, units: int) -> None:
        place = self.place(number)
        found = {place.product_id: units} if number % 5 == 0 else {}
        sell_goods(
            lines=[Sold(place.product_id, units)],
            location_id=place.location_id,
            circumstances=self.circumstances(),
            found=found,
        )

    def count(self, number: int, units: int) -> None:
        adjust_stock(
            place=self.place(number),
            kind=StockMovement.Kind.CORRECTION,
            counted=units,
            circumstances=self.circumstances(),
        )

    def hold(self, number: int, units: int) -> None:
        place = self.place(number)
        anywhere = number % 2
        hold_stock(
            wanted=[
                Wanted(place.product_id, units, None if anywhere else place.location_id)
            ],
            circumstances=self.circumstances(),
            expires_at=self.now + 3 * HOUR if number % 3 else None,
        )

    def _hold_ids(self, number: int) -> list[int]:
        return [_pick(Hold.objects.open(), number).pk]

    def release(self, number: int, _units: int) -> None:
        release_holds(
            hold_ids=self._hold_ids(number), circumstances=self.circumstances()
        )

    def fulfil(self, number: int, _units: int) -> None:
        fulfil_holds(
            hold_ids=self._hold_ids(number), circumstances=self.circumstances()
        )

    def renew(self, number: int, _units: int) -> None:
        renew_holds(
            hold_ids=self._hold_ids(number),
            expires_at=self.now + 2 * HOUR,
            circumstances=self.circumstances(),
        )

    def _route(self, number: int) -> Route:
        one, other = (place.pk for place in self.places)
        return Route(one, other) if number % 2 else Route(other, one)

    def transfer(self, number: int, units: int) -> None:
        transfer_stock(
            route=self._route(number),
            items=[Item(self.place(number).product_id, units)],
            circumstances=self.circumstances(),
        )

    def send(self, number: int, units: int) -> None:
        items = [Item(product.pk, units) for product in self.products[: 1 + number % 2]]
        draft = Draft(self._route(number), items, reference=str(self.now))
        transfer = create_transfer(draft=draft, circumstances=self.circumstances())
        send_transfer(transfer_id=transfer.pk, circumstances=self.circumstances())

    def arrive(self, number: int, units: int) -> None:
        rows = Transfer.objects.filter(state__in=Transfer.ON_THE_WAY)
        transfer = _pick(rows, number)
        arrivals = {
            line.pk: Arrival(
                received=min(units, line.outstanding),
                lost=max(0, min(number % 3, line.outstanding - units)),
                extra=number % 2,
            )
            for line in transfer.lines.all()
        }
        receive_transfer(
            transfer_id=transfer.pk,
            arrivals=arrivals,
            circumstances=self.circumstances(reason="counted twice"),
        )

    def cancel(self, number: int, _units: int) -> None:
        transfer = _pick(Transfer.objects.all(), number)
        cancel_transfer(transfer_id=transfer.pk, circumstances=self.circumstances())

    def take_stock(self, number: int, units: int) -> None:
        place = self.places[number % 2]
        stocktake = stocktaking.started(location=place, now=self.now)
        product = self.products[number % len(self.products)]
        stocktaking.count(stocktake, product, units, now=self.now)
        self.sell(number, 1)
        stocktaking.review(stocktake)
        stocktaking.apply(stocktake, now=self.now + HOUR / 2)

    def undo(self, number: int, _units: int) -> None:
        operation = _pick(Operation.objects.all(), number)
        undo_operation(operation_id=operation.pk, circumstances=self.circumstances())

    def delete(self, number: int, units: int) -> None:
        if units % 8:  # rarely, or nothing else gets anything done
            raise InventoryError("Not today.")
        delete_product(
            product_id=self.place(number).product_id,
            circumstances=self.circumstances(),
        )


def _pick(rows: QuerySet[Any], number: int) -> Any:
    """Return one of the rows, the same for the same number; refuses where none is."""
    found: list[Model] = list(rows.order_by("pk"))
    if not found:
        raise InventoryError("There is none.")
    return found[number % len(found)]


STEPS: dict[str, Callable[[Day, int, int], None]] = {
    name: getattr(Day, name)
    for name in (
        "receive",
        "sell",
        "count",
        "hold",
        "release",
        "fulfil",
        "renew",
        "transfer",
        "send",
        "arrive",
        "cancel",
        "take_stock",
        "undo",
        "delete",
    )
}

steps = st.tuples(
    st.sampled_from([*STEPS, "receive", "hold", "send", "arrive", "undo"]),
    st.integers(0, 60),
    st.integers(1, 30),
)
