"""Processes of their own that buy the same product at once.

Nothing of Django stands at the top: a child imports this file before it is set up.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from time import monotonic

from products.benchmarks.together import at_once, start

PATIENCE = 120  # seconds until a process that never gets to the start ends the race
TWICE = 3  # every third purchase is sent twice, as by an impatient click
HELD = 4  # every fourth is held first, and fulfilled from the hold


@dataclass(frozen=True, slots=True)
class Race:
    """What each buyer is told: what to buy, where, and whose keys to use."""

    product_id: int
    location_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Bought:
    """What came of it: counts by answer, from when to when on the system's clock."""

    counts: Counter[str]
    began: float
    ended: float


def buy_at_once(race: Race, buyers: int, database: str) -> Bought:
    """Let `buyers` processes buy one unit after the other until nothing is left.

    `database` is the name of the configured database to use. The answers to a purchase
    are "accepted", "refused", "repeated" (sent twice, posted once) and "failed: …" with
    the reason.
    """
    results = at_once(_buy_all, race, processes=buyers, database=database)
    return Bought(
        sum((bought.counts for bought in results), Counter()),
        min(bought.began for bought in results),
        max(bought.ended for bought in results),
    )


def _buy_all(race: Race, number: int) -> Bought:
    from django.db import connection

    counts: Counter[str] = Counter()
    connection.ensure_connection()
    start().wait(PATIENCE)
    began = monotonic()
    for turn in count(1):
        purchase = _hold_and_fulfil if turn % HELD == 0 else _sell
        answer = _attempt(purchase, race, f"{race.name}-{number}-{turn}")
        counts[answer] += 1
        if answer != "accepted":
            break
        if turn % TWICE == 0:
            repeated = _attempt(purchase, race, f"{race.name}-{number}-{turn}")
            counts["repeated" if repeated == "accepted" else repeated] += 1
    return Bought(counts, began, monotonic())


def _attempt(purchase: Callable[[Race, str], None], race: Race, key: str) -> str:
    from django.db import DatabaseError

    from products.errors import InsufficientStock, InventoryError

    try:
        purchase(race, key)
    except InsufficientStock:
        return "refused"
    except (InventoryError, DatabaseError) as error:
        return f"failed: {error}"
    return "accepted"


def _sell(race: Race, key: str) -> None:
    from products.services.operations import Author, Circumstances, Once
    from products.services.stock import Place, issue_stock

    issue_stock(
        place=Place(race.product_id, race.location_id),
        quantity=1,
        circumstances=Circumstances(
            author=Author.for_command("stress_stock"),
            reference=race.name,
            once=Once(key, {"quantity": 1}),
        ),
    )


def _hold_and_fulfil(race: Race, key: str) -> None:
    from products.services.operations import Author, Circumstances, Once
    from products.services.reservations import Wanted, fulfil_holds, hold_stock

    author = Author.for_command("stress_stock")
    operation = hold_stock(
        wanted=[Wanted(race.product_id, 1, race.location_id)],
        circumstances=Circumstances(
            author=author, reference=race.name, once=Once(f"{key}-hold", {})
        ),
    )
    fulfil_holds(
        hold_ids=[*operation.holds.values_list("pk", flat=True)],
        circumstances=Circumstances(
            author=author, reference=race.name, once=Once(key, {})
        ),
    )
