"""Who buys what on a day: web orders with several lines, and sales at the till."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import count

from products.demo.chance import RHYTHM, SUNDAY, Chance, mean_basket
from products.demo.events import Want, Wish
from products.demo.reading import DemoProduct, DemoShop
from products.models import Operation, StockMovement

FIRST_ORDER = 10_001
TILL_SHARE = 0.35  # of the lines; the others are ordered on the web
LINES = (1, 2, 3, 4, 5)  # of one web order
LINE_WEIGHTS = (16, 23, 26, 20, 15)


class Demand:
    """Turns each product's weekly pace into the orders of single days."""

    def __init__(self, shop: DemoShop, chance: Chance) -> None:
        """Number the orders from FIRST_ORDER."""
        self._shop = shop
        self._chance = chance
        self._numbers = count(FIRST_ORDER)
        self._selling = [product for product in shop.products if product.pace]

    def of_day(self, day: date, strength: float, closing_hour: int) -> list[Wish]:
        """Return the day's sales; `strength` scales the pace as the season does."""
        web: list[Want] = []
        till: list[Want] = []
        for product in self._selling:
            for want in self._wants(product, day, strength):
                at_till = day.weekday() != SUNDAY and self._chance.happens(TILL_SHARE)
                (till if at_till else web).append(want)
        self._chance.random.shuffle(web)
        bundles = list(self._bundles(web))
        moments = sorted(self._chance.moment(day, 6, closing_hour) for _ in bundles)
        orders = [
            self._order(at, wants) for at, wants in zip(moments, bundles, strict=True)
        ]
        return [*orders, *self._till(day, till)]

    def _wants(
        self, product: DemoProduct, day: date, strength: float
    ) -> Iterator[Want]:
        units = product.pace / 7 * RHYTHM[day.weekday()] * strength
        for _line in range(self._chance.count(units / mean_basket(product))):
            quantity = self._chance.basket(product)
            yield Want(product.sku, StockMovement.Kind.SOLD, -quantity)

    def _bundles(self, wants: list[Want]) -> Iterator[tuple[Want, ...]]:
        """Deal the lines of a day into orders, a product once in each."""
        start = 0
        while start < len(wants):
            size = self._chance.random.choices(LINES, LINE_WEIGHTS)[0]
            bundle = {want.sku: want for want in wants[start : start + size]}
            yield tuple(bundle.values())
            start += size

    def _order(self, at: datetime, wants: tuple[Want, ...]) -> Wish:
        return Wish(
            at,
            self._shop.web_shop,
            Operation.Kind.STOCK_ISSUED,
            wants,
            reference=f"order {next(self._numbers)}",
        )

    def _till(self, day: date, wants: Sequence[Want]) -> Iterator[Wish]:
        """Yield what the till sold, entered at noon and after closing."""
        half = len(wants) // 2
        for first_hour, part in ((12, wants[:half]), (16, wants[half:])):
            if part:
                yield Wish(
                    self._chance.moment(day, first_hour, first_hour + 1),
                    self._chance.person(),
                    Operation.Kind.STOCK_ISSUED,
                    tuple(part),
                    reason=self._shop.reasons["till"],
                )
