"""The invented past of the demo shop: 120 days, day by day, from one seed.

Nothing here touches the database. The story ends at the moment it is told, so it is
the same for the same day; only what lies after that moment is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from products.demo.chance import Chance
from products.demo.demand import Demand
from products.demo.endings import CLOSING_HOUR, Endings
from products.demo.events import Added, Archived, Edited, Event, Move, Want, Wish
from products.demo.incidents import Incidents
from products.demo.reading import DemoEdit, DemoGroup, DemoProduct, DemoShop
from products.demo.stockroom import Stockroom
from products.demo.supply import Supply
from products.models import StockMovement

DAYS = 120
LAST_HOUR = 23  # nobody buys after it
DRAFTED = 5  # days ago the drafts were written
SEASON = (0.65, 0.95)  # how strong demand is at the start and at the end


def invent(shop: DemoShop, *, now: datetime, days: int = DAYS) -> list[Event]:
    """Return what happened in the `days` before `now` (aware), oldest first."""
    story = _Story(shop, now, days)
    return [event for event in story.tell() if event.at <= now]


class _Story:
    def __init__(self, shop: DemoShop, now: datetime, days: int) -> None:
        if now.tzinfo is None:
            raise ValueError("The story needs the shop's time zone.")
        self._shop = shop
        self._chance = Chance(shop, now.tzinfo)
        self._today = now.date()
        self._days = days
        self._room = Stockroom(tuple(shop.locations))
        self._supply = Supply(shop, self._chance, self._today)
        self._demand = Demand(shop, self._chance)
        self._incidents = Incidents(shop, self._chance, self._supply)
        self._endings = Endings(shop, self._room, self._supply, self._chance)
        self._reorder_points = {
            product.sku: product.reorder_point for product in shop.products
        }
        self._ended = {
            product.sku
            for product in shop.products
            if product.ends or product.status != "active"
        }

    def tell(self) -> Iterator[Event]:
        for number in range(self._days + 1):
            yield from sorted(self._events(number), key=lambda event: event.at)

    def _events(self, number: int) -> Iterator[Event]:
        day = self._day(number)
        if number == 0:
            yield from self._opening(day)
            return
        yield from self._catalogue(day)
        yield from self._carry_out(self._wishes(day, number))
        if number == self._days - 1:
            yield from self._carry_out(self._endings.of_day(day))
            yield from self._archived(day)
        self._supply.reorder(day, self._room)

    def _carry_out(self, wishes: Iterable[Wish]) -> Iterator[Event]:
        for wish in sorted(wishes, key=lambda wish: wish.at):
            event = self._room.carry_out(wish)
            self._incidents.notice(event)
            if event is not None:
                yield event

    def _day(self, number: int) -> date:
        return self._today - timedelta(days=self._days - number)

    def _wishes(self, day: date, number: int) -> Iterator[Wish]:
        first, last = SEASON
        strength = first + (last - first) * number / self._days
        closes = CLOSING_HOUR if number == self._days - 1 else LAST_HOUR
        wishes = [
            *self._supply.arriving(day),
            *self._incidents.of_day(day, number),
            *self._demand.of_day(day, strength, closes),
        ]
        yield from wishes if number < self._days else self._harmless(wishes)

    def _harmless(self, wishes: Iterable[Wish]) -> Iterator[Wish]:
        """Yield today's wishes without what would change how the story ends."""
        spare: dict[str, int] = {}
        for wish in wishes:
            wants: list[Want] = []
            for want in wish.wants:
                left = spare.get(want.sku, self._spare(want.sku)) + want.quantity
                if left > 0 and want.sku not in self._ended:
                    spare[want.sku] = left
                    wants.append(want)
            if wants or wish.undoes:
                yield replace(wish, wants=tuple(wants))

    def _spare(self, sku: str) -> int:
        return self._room.total(sku) - self._reorder_points[sku]

    def _opening(self, day: date) -> Iterator[Event]:
        """Yield the first day: the catalogue is written and the shelves are counted."""
        for group in self._shop.groups:
            products = _with_status(group, draft=False)
            if products:
                openings = tuple(
                    move for product in products for move in self._stock(product)
                )
                for move in openings:
                    self._room.put(move)
                yield self._added(day, group, products, openings)

    def _added(
        self,
        day: date,
        group: DemoGroup,
        products: tuple[DemoProduct, ...],
        openings: tuple[Move, ...] = (),
    ) -> Added:
        at = self._chance.moment(day, 8, 9)
        return Added(at, self._shop.people[0], group, products, openings)

    def _stock(self, product: DemoProduct) -> Iterator[Move]:
        """Yield the opening stock: what sells in four weeks, or a delivery and more."""
        quantity = max(
            4 * product.pace,
            product.reorder_point
            + self._chance.random.randint(1, max(1, product.reorder_quantity)),
        )
        for want in self._supply.received(product, quantity):
            yield Move(
                want.sku,
                want.location,
                StockMovement.Kind.OPENING,
                want.quantity,
                product.cost,
            )

    def _catalogue(self, day: date) -> Iterator[Event]:
        """Yield the day's changes of the catalogue."""
        ago = (self._today - day).days
        if ago == DRAFTED:
            for group in self._shop.groups:
                drafts = _with_status(group, draft=True)
                if drafts:
                    yield self._added(day, group, drafts)
        for edit in self._shop.edits:
            if edit.days_ago == ago:
                yield self._edited(day, edit)

    def _edited(self, day: date, edit: DemoEdit) -> Edited:
        return Edited(self._chance.moment(day, 8, 9), self._shop.people[0], edit)

    def _archived(self, day: date) -> Iterator[Event]:
        for product in self._shop.products:
            if product.status == "archived":
                at = self._chance.moment(day, 19, 20)
                yield Archived(at, self._shop.people[0], product.sku)


def _with_status(group: DemoGroup, *, draft: bool) -> tuple[DemoProduct, ...]:
    return tuple(item for item in group.products if (item.status == "draft") is draft)
