"""What goes wrong, comes back and turns up: the other movements of a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from products.demo.chance import SATURDAY, SUNDAY, Chance
from products.demo.events import Event, Moved, Want, Wish
from products.demo.reading import DemoProduct, DemoShop
from products.demo.supply import Supply
from products.models import Operation, StockMovement

Kind = StockMovement.Kind
MONDAY, WEDNESDAY = 0, 2
RETURN_SHARE = 0.02  # of the sold lines
MARKET_WEEKS = 4  # from one market to the next
MISTYPED = (41, 97)  # days of the story on which somebody types a nought too many


class Incidents:
    """Damages, losses, finds, returns, counts, late entries and slips of the hand."""

    def __init__(self, shop: DemoShop, chance: Chance, supply: Supply) -> None:
        """Nothing has happened yet."""
        self._shop = shop
        self._chance = chance
        self._supply = supply
        self._returns: dict[date, list[Wish]] = defaultdict(list)
        self._selling = [
            product
            for product in shop.products
            if product.pace and not product.ends and product.status == "active"
        ]
        self._aisles = sorted({product.shelf[:1] for product in self._selling} - {""})

    def notice(self, event: Event | None) -> None:
        """Let some of what was just sold come back in a week or two."""
        if not isinstance(event, Moved) or event.kind != Operation.Kind.STOCK_ISSUED:
            return
        for move in event.moves:
            if self._chance.happens(RETURN_SHARE):
                day = self._open_day(event.at.date())
                want = Want(move.sku, Kind.RETURNED, 1, location=move.location)
                self._returns[day].append(
                    self._adjustment(
                        day, want, self._chance.reason("returned"), event.reference
                    )
                )

    def _open_day(self, sold_on: date) -> date:
        day = sold_on + timedelta(days=self._chance.random.randint(4, 15))
        return day + timedelta(days=1) if day.weekday() == SUNDAY else day

    def of_day(self, day: date, number: int) -> Iterator[Wish]:
        """Yield what happens on the day, the `number`th of the story."""
        if day.weekday() == SUNDAY:
            return
        yield from self._returns.pop(day, ())
        yield from self._mishaps(day)
        week = number // 7
        if day.weekday() == WEDNESDAY:
            yield self._count(day, week)
        if day.weekday() == MONDAY and week and week % MARKET_WEEKS == 0:
            yield self._market(day)
        if number in MISTYPED:
            yield from self._mistyped(day)

    def _mishaps(self, day: date) -> Iterator[Wish]:
        for kind, name, mean, sign in (
            (Kind.DAMAGED, "damaged", 0.5, -1),
            (Kind.LOST, "lost", 0.12, -1),
            (Kind.FOUND, "found", 0.15, 1),
        ):
            for _each in range(self._chance.count(mean)):
                quantity = sign * self._chance.random.choice((1, 1, 1, 2))
                want = Want(self._any().sku, kind, quantity)
                yield self._adjustment(day, want, self._chance.reason(name))

    def _count(self, day: date, week: int) -> Wish:
        """Return what the weekly count of one aisle found wrong."""
        aisle = self._aisles[week % len(self._aisles)]
        standing = [item for item in self._selling if item.shelf.startswith(aisle)]
        wrong = self._chance.random.sample(standing, min(3, len(standing)))
        return Wish(
            self._chance.moment(day, 17, 18),
            self._chance.person(),
            Operation.Kind.STOCK_ADJUSTED,
            tuple(
                Want(
                    product.sku,
                    Kind.CORRECTION,
                    self._chance.random.choice((-2, -1, -1, 1)),
                )
                for product in wrong
            ),
            reason=f"{self._shop.reasons['count']} {aisle}",
        )

    def _market(self, day: date) -> Wish:
        """Return Saturday's sales on the market, entered on Monday."""
        sold = self._chance.random.sample(self._selling, min(5, len(self._selling)))
        return Wish(
            self._chance.moment(day, 9, 10),
            self._chance.person(),
            Operation.Kind.STOCK_ISSUED,
            tuple(Want(p.sku, Kind.SOLD, -self._chance.basket(p)) for p in sold),
            reason=self._shop.reasons["late"],
            effective_at=self._chance.moment(day - timedelta(days=2), 9, 15),
        )

    def _mistyped(self, day: date) -> Iterator[Wish]:
        """Yield a receipt of ten times too much, its undo, and the right one."""
        product, by = self._any(), self._chance.person()
        wrong, right = self._supply.next_reference(), self._supply.next_reference()
        typed_at = self._chance.moment(day, 15, 16)
        kind = Operation.Kind.STOCK_RECEIVED
        quantity = max(6, product.reorder_quantity // 4)
        too_many = tuple(self._supply.received(product, quantity * 10))
        yield Wish(typed_at, by, kind, too_many, reference=wrong)
        yield Wish(
            typed_at + timedelta(minutes=4),
            by,
            Operation.Kind.UNDONE,
            reason=self._shop.reasons["mistyped"],
            undoes=wrong,
        )
        meant = tuple(self._supply.received(product, quantity))
        yield Wish(typed_at + timedelta(minutes=6), by, kind, meant, reference=right)

    def _adjustment(
        self, day: date, want: Want, reason: str, reference: str = ""
    ) -> Wish:
        return Wish(
            self._chance.moment(day, 9, 17 if day.weekday() < SATURDAY else 14),
            self._chance.person(),
            Operation.Kind.STOCK_ADJUSTED,
            (want,),
            reason=reason,
            reference=reference,
        )

    def _any(self) -> DemoProduct:
        return self._chance.random.choice(self._selling)
