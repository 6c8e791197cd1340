"""Seeded chance: how many, when, and who."""

import math
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from random import Random

from products.demo.reading import DemoProduct, DemoShop

SATURDAY, SUNDAY = 5, 6
# How much of an ordinary day is sold on each, Monday first.
RHYTHM = (0.9, 0.8, 0.9, 1.0, 1.3, 1.5, 0.6)
# How many units of one product somebody buys at once, and how often: of what is dear,
# and of the rest.
DEAR = 40  # in the shop's currency
DEAR_BASKETS = {1: 85, 2: 15}
BASKETS = {1: 40, 2: 27, 3: 15, 4: 10, 6: 8}


class Chance:
    """Draws for one past: the same seed and the same calls give the same past."""

    def __init__(self, shop: DemoShop, zone: tzinfo, seed: int = 20_261_122) -> None:
        """Draw in the shop's time zone; another `seed` gives another past."""
        self.random = Random(seed)  # noqa: S311  (a story, not a secret)
        self._shop = shop
        self._zone = zone

    def count(self, mean: float) -> int:
        """Return a Poisson-distributed number, by Knuth's multiplication."""
        limit, product, count = math.exp(-mean), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count

    def basket(self, product: DemoProduct) -> int:
        """Return how many units of the product somebody buys at once."""
        baskets = _baskets(product)
        return self.random.choices(tuple(baskets), tuple(baskets.values()))[0]

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def moment(self, day: date, first_hour: int, last_hour: int) -> datetime:
        """Return a moment of `day` between two full hours, in the shop's time."""
        seconds = self.random.randrange(first_hour * 3600, last_hour * 3600)
        clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        return datetime.combine(day, clock, tzinfo=self._zone)

    def person(self) -> str:
        return self.random.choice(self._shop.people)

    def reason(self, name: str) -> str:
        """Return one of the sentences people write for `name`."""
        sentences: Sequence[str] = self._shop.reasons[name]
        return self.random.choice(sentences)


def mean_basket(product: DemoProduct) -> float:
    """Return what `Chance.basket` gives on average."""
    baskets = _baskets(product)
    return sum(units * weight for units, weight in baskets.items()) / sum(
        baskets.values()
    )


def _baskets(product: DemoProduct) -> dict[int, int]:
    return DEAR_BASKETS if product.price >= DEAR else BASKETS
