"""How the story ends: some products are low, some are out, the others well stocked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from products.demo.chance import Chance
from products.demo.events import Want, Wish
from products.demo.reading import DemoProduct, DemoShop
from products.demo.stockroom import Stockroom
from products.demo.supply import Supply
from products.models import Operation, StockMovement

CLOSING_HOUR = 17  # of the last full day; from here on the endings are arranged


@dataclass(frozen=True, slots=True)
class Endings:
    """Brings each product to the end that the files give it."""

    shop: DemoShop
    room: Stockroom
    supply: Supply
    chance: Chance

    def of_day(self, day: date) -> Iterator[Wish]:
        """Yield the last wishes, all between CLOSING_HOUR and 19 o'clock.

        Whoever should be low or out sells the rest to a large customer, or gets a part
        of a delivery; whoever should not gets its order in time.
        """
        for product in self.shop.products:
            if product.status == "draft":
                continue
            left, target = self.room.total(product.sku), self._target(product)
            if target is None and left <= product.reorder_point:
                at = self.chance.moment(day, CLOSING_HOUR, 19)
                yield self.supply.delivery(at, [product])
            elif target is not None and left != target:
                yield self._towards(target, product, day)

    def _target(self, product: DemoProduct) -> int | None:
        """Return how many should be left; None for "enough"."""
        if product.ends == "low":
            return self.chance.random.randint(1, product.reorder_point)
        if product.ends == "out" or product.status == "archived":
            return 0
        return None

    def _towards(self, target: int, product: DemoProduct, day: date) -> Wish:
        surplus = self.room.total(product.sku) - target
        sells = surplus > 0
        return Wish(
            self.chance.moment(day, CLOSING_HOUR, 19),
            self.chance.person(),
            Operation.Kind.STOCK_ISSUED if sells else Operation.Kind.STOCK_RECEIVED,
            tuple(
                self._sold(product, surplus)
                if sells
                else self.supply.received(product, -surplus)
            ),
            reason=self.shop.reasons["wholesale" if sells else "top_up"],
            reference="" if sells else self.supply.next_reference(),
        )

    def _sold(self, product: DemoProduct, quantity: int) -> Iterator[Want]:
        """Yield the lines that take `quantity` units from wherever they stand."""
        for location, units in self.room.places(product.sku):
            taken = min(units, quantity)
            if taken:
                quantity -= taken
                yield Want(
                    product.sku, StockMovement.Kind.SOLD, -taken, location=location
                )
