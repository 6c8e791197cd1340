"""Order lines against the shop: a sale to post, one to take back, nothing, or refused.

Each line posts its sale once, at the time of its order. What returns in the same file
can be sold by it, wherever the two stand: exports begin with the newest order.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.utils import timezone

from products.importing.findings import Findings
from products.importing.order_lines import OrderRow, PlannedOrderLine
from products.importing.order_matching import NAME_LENGTH, Shop, look_up
from products.importing.order_refusals import (
    RefusedLine,
    in_closed_period,
    in_the_future,
    location_unknown,
    location_unused,
    product_deleted,
    quantity_differs,
    units_short,
)
from products.importing.rows import ANY_LOCATION
from products.importing.stocking import Target
from products.models import Closing, Location, OrderLine, Product, StockLevel
from products.services.locking import LevelKey
from products.services.orders import OrderPosting
from products.tabular.problems import BadCellError

ROWS = 1_000  # looked up together


class OrderPlanner:
    """Takes the lines of one file in order and says what becomes of each.

    Nothing is written. Memory: a number for each product and location that a line sells
    from, and the lines that are short until the file is read.
    """

    def __init__(self, *, target: Target, findings: Findings) -> None:
        self._target = target
        self._findings = findings
        self._now = timezone.now()
        closing = Closing.objects.current()
        self._closed_through = closing.closed_through if closing else None
        self._locations = Location.objects.in_bulk()
        self._left: dict[LevelKey, int] = {}
        self._on_hand: dict[LevelKey, int] = {}
        self._short: list[PlannedOrderLine] = []

    def add(self, rows: Iterable[OrderRow]) -> Iterator[list[PlannedOrderLine]]:
        """Plan `rows`; yield what is planned, the unchanged included, by batches.

        Lines that are short are among them: `finish` says whether they stay so.
        """
        waiting = iter(rows)
        while batch := list(islice(waiting, ROWS)):
            places = {self._target.chosen.pk}
            for row in batch:
                location = self._target.find(row.location)
                places |= {location.pk} if location else set()
            shop = look_up(batch, places)
            planned = (self._plan(row, shop) for row in batch)
            yield [each for each in planned if each is not None]

    def finish(self) -> list[PlannedOrderLine]:
        """Sell what has come back to the lines that were short; return these lines."""
        for planned in self._short:
            planned.is_refused = not self._take(planned)
            posting = planned.posting
            if planned.is_refused and posting is not None:
                units = str(posting.quantity)
                error = self._shortage(posting)
                self._findings.refuse(planned.record, "quantity", units, error)
        return self._short

    def _shortage(self, posting: OrderPosting) -> BadCellError:
        available = self._left[posting.product_id, posting.location_id]
        stocked = [
            place
            for place in self._locations.values()
            if place.kind == Location.Kind.STOCK
        ]
        name = self._locations[posting.location_id].name if len(stocked) > 1 else ""
        return units_short(posting.quantity, available, name)

    def report(self) -> dict[str, dict[str, object]]:
        """Return what applying would make besides stock: nothing."""
        return {}

    def _plan(self, row: OrderRow, shop: Shop) -> PlannedOrderLine | None:
        state = shop.states[row.key]
        try:
            if state.sale is None:
                if row.is_cancelled:
                    return _unchanged(row)
                return self._plan_sale(row, shop)
            if row.is_cancelled and not state.is_returned:
                return self._plan_return(row, state.sale, shop)
        except RefusedLine as refused:
            self._findings.refuse(row.record, *refused.cell)
            return None
        if not row.is_cancelled and row.quantity != state.sale.quantity:
            note = quantity_differs(state.sale.quantity)
            self._findings.note(row.record, "quantity", str(row.quantity), note)
        return _unchanged(row, shop.by_id.get(state.sale.product_id or 0))

    def _plan_sale(self, row: OrderRow, shop: Shop) -> PlannedOrderLine:
        product = shop.product_of(row)
        location = self._place_of(row)
        self._check_time(row)
        planned = self._posted(
            row,
            product,
            OrderPosting(
                key=row.key,
                turn=shop.states[row.key].turns,
                order_name=row.order_name,
                position=row.position,
                sku=product.sku,
                product_id=product.pk,
                location_id=location.pk,
                quantity=row.quantity,
                sold_at=row.sold_at,
            ),
            shop,
        )
        if not self._take(planned):
            self._short.append(planned)
        return planned

    def _plan_return(
        self, row: OrderRow, sale: OrderLine, shop: Shop
    ) -> PlannedOrderLine:
        product = shop.by_id.get(sale.product_id or 0)
        location = self._locations[sale.location_id]
        if product is None:
            raise RefusedLine("sku", sale.sku, product_deleted(sale.sku))
        if not location.is_active:
            raise RefusedLine("location", location.name, location_unused(location.name))
        planned = self._posted(
            row,
            product,
            OrderPosting(
                key=row.key,
                turn=shop.states[row.key].turns,
                order_name=sale.order_name,
                position=sale.position,
                sku=product.sku,
                product_id=product.pk,
                location_id=location.pk,
                quantity=sale.quantity,
                value=sale.value,
            ),
            shop,
        )
        key = (product.pk, location.pk)
        self._left[key] += sale.quantity
        self._on_hand[key] += sale.quantity
        return planned

    def _posted(
        self, row: OrderRow, product: Product, posting: OrderPosting, shop: Shop
    ) -> PlannedOrderLine:
        key = (posting.product_id, posting.location_id)
        level = shop.levels.get(key) or StockLevel()
        self._left.setdefault(key, level.available)
        on_hand = self._on_hand.setdefault(key, level.on_hand)
        units = posting.quantity if posting.is_return else -posting.quantity
        return PlannedOrderLine(
            record=row.record,
            sku=product.sku,
            name=product.name,
            values={},
            options=_options_and_order(product, row),
            product_id=product.pk,
            stock={posting.location_id: units},
            on_hand={posting.location_id: on_hand},
            posting=posting,
        )

    def _take(self, planned: PlannedOrderLine) -> bool:
        """Take the units of a sale from what is left, if there are enough."""
        posting = planned.posting
        if posting is None:
            return True
        key = (posting.product_id, posting.location_id)
        if posting.quantity > self._left[key]:
            return False
        planned.on_hand = {posting.location_id: self._on_hand[key]}
        self._left[key] -= posting.quantity
        self._on_hand[key] -= posting.quantity
        return True

    def _place_of(self, row: OrderRow) -> Location:
        """Return where the line was sold; raises RefusedLine."""
        if row.location == ANY_LOCATION:
            return self._target.chosen
        location = self._target.find(row.location)
        if location is None:
            raise RefusedLine("location", row.location, location_unknown(row.location))
        if location.kind != Location.Kind.STOCK:
            raise RefusedLine("location", row.location, location_unused(row.location))
        return location

    def _check_time(self, row: OrderRow) -> None:
        text = row.sold_at.isoformat(" ")
        if row.sold_at > self._now:
            raise RefusedLine("sold_at", text, in_the_future())
        day = timezone.localdate(row.sold_at)
        if self._closed_through and day <= self._closed_through:
            raise RefusedLine("sold_at", text, in_closed_period(self._closed_through))


def _unchanged(row: OrderRow, product: Product | None = None) -> PlannedOrderLine:
    return PlannedOrderLine(
        record=row.record,
        sku=product.sku if product else row.sku,
        name=product.name if product else row.name[:NAME_LENGTH],
        values={},
        product_id=product.pk if product else None,
    )


def _options_and_order(product: Product, row: OrderRow) -> str:
    moment: datetime = timezone.localtime(row.sold_at)
    said = (product.options, row.order_name, f"{moment:%Y-%m-%d %H:%M}")
    return ", ".join(filter(None, said))
