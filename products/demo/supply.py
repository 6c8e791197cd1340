"""What the shop orders from its suppliers, and when it arrives."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from products.demo.chance import SATURDAY, Chance
from products.demo.events import Want, Wish
from products.demo.reading import DemoProduct, DemoShop
from products.demo.stockroom import Stockroom
from products.models import Operation, StockMovement

FIRST_DELIVERY = 2_101
FASTEST, SLOWEST = 3, 6  # days from order to delivery
CENT = Decimal("0.01")
OVERFLOW = 36  # units of one delivery from which a third goes to the second location
BULKY = "R"  # shelves of the second location begin with it
# Days before the end of the story from which a product is not ordered any more.
LAST_ORDER = {"": 0, "low": 30, "out": 35}


class Supply:
    """Orders what falls to its reorder point and delivers it some days later."""

    def __init__(self, shop: DemoShop, chance: Chance, last_day: date) -> None:
        """Number the deliveries from FIRST_DELIVERY."""
        self._main, self._back = tuple(shop.locations)
        self._chance = chance
        self._last_day = last_day
        self._numbers = count(FIRST_DELIVERY)
        self._ordered: dict[str, DemoProduct] = {}
        self._due: dict[date, list[DemoProduct]] = defaultdict(list)
        self._kept = [product for product in shop.products if product.reorder_quantity]

    def reorder(self, day: date, room: Stockroom) -> None:
        """Order every active product that is at its reorder point or below."""
        for product in self._kept:
            gives_up = self._last_day - timedelta(days=LAST_ORDER[product.ends])
            if (
                product.status == "active"
                and product.sku not in self._ordered
                and room.total(product.sku) <= product.reorder_point
                and (not product.ends or day < gives_up)
            ):
                self._ordered[product.sku] = product
                self._due[self._arrival(day)].append(product)

    def arriving(self, day: date) -> Iterator[Wish]:
        """Yield the deliveries of the day, one for each supplier."""
        parcels: dict[str, list[DemoProduct]] = defaultdict(list)
        for product in self._due.pop(day, ()):
            self._ordered.pop(product.sku)
            parcels[product.supplier].append(product)
        for products in parcels.values():
            yield self.delivery(self._chance.moment(day, 9, 12), products)

    def delivery(
        self, at: datetime, products: Iterable[DemoProduct], reason: str = ""
    ) -> Wish:
        """Return the receipt of each product's order quantity."""
        return Wish(
            at,
            self._chance.person(),
            Operation.Kind.STOCK_RECEIVED,
            tuple(
                want
                for product in products
                for want in self.received(product, product.reorder_quantity)
            ),
            reason=reason,
            reference=self.next_reference(),
        )

    def next_reference(self) -> str:
        return f"delivery LS-{next(self._numbers)}"

    def received(self, product: DemoProduct, quantity: int) -> Iterator[Want]:
        """Yield the lines that put `quantity` units where they belong, at their cost.

        Bulky goods stand in the second location; of large deliveries a third does.
        """
        bulky = product.shelf.startswith(BULKY)
        back = quantity if bulky else quantity // 3 if quantity >= OVERFLOW else 0
        cost = self._cost(product)
        for location, units in ((self._main, quantity - back), (self._back, back)):
            if units:
                yield Want(
                    product.sku, StockMovement.Kind.RECEIVED, units, cost, location
                )

    def _cost(self, product: DemoProduct) -> Decimal | None:
        """Return what the supplier asks this time: up to four per cent off."""
        if product.cost is None:
            return None
        drift = Decimal(self._chance.random.randint(-300, 400)) / 10_000
        return (product.cost * (1 + drift)).quantize(CENT)

    def _arrival(self, day: date) -> date:
        arrival = day + timedelta(days=self._chance.random.randint(FASTEST, SLOWEST))
        while arrival.weekday() >= SATURDAY:
            arrival += timedelta(days=1)
        return arrival
