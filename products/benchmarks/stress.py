"""A race for the last piece, with real processes, and what it must leave behind."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from products.benchmarks.buyers import Race, buy_at_once
from products.models import Hold, Location, Operation, Product, StockMovement
from products.services.catalogue import add_product, default_opening
from products.services.chain import GENESIS, movement_hash
from products.services.deleting import delete_product
from products.services.operations import Author, Circumstances


@dataclass(frozen=True, slots=True)
class Invariant:
    """One sentence that must be true afterwards."""

    name: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who got what, how long it took, and what was found afterwards."""

    buyers: int
    units: int
    accepted: int
    refused: int
    repeated: int
    failures: tuple[str, ...]
    seconds: float
    invariants: tuple[Invariant, ...]

    @property
    def ok(self) -> bool:
        return not self.failures and all(one.holds for one in self.invariants)


def stress_stock(*, buyers: int, units: int) -> Outcome:
    """Make a product with `units`, let `buyers` processes fight for it, and delete it.

    Its movements stay in the ledger like everybody's. Each process opens a connection.
    """
    author = Author.for_command("stress_stock")
    name = f"stress-{uuid.uuid4().hex[:12]}"
    product = add_product(
        product=Product(sku=name, name=name, status=Product.Status.DRAFT),
        circumstances=Circumstances(author=author, reference=name),
        openings=default_opening(units),
    )
    race = Race(product.pk, Location.objects.get_default().pk, name)
    database = str(connection.settings_dict["NAME"])
    connection.close()
    bought = buy_at_once(race, buyers, database)
    counts = bought.counts
    found = tuple(_invariants(product.pk, race, units, counts))
    delete_product(
        product_id=product.pk,
        circumstances=Circumstances(author=author, reference=name),
    )
    return Outcome(
        buyers=buyers,
        units=units,
        accepted=counts["accepted"],
        refused=counts["refused"],
        repeated=counts["repeated"],
        failures=tuple(text for text in counts if text.startswith("failed")),
        seconds=bought.ended - bought.began,
        invariants=found,
    )


def _invariants(
    product_id: int, race: Race, units: int, counts: Counter[str]
) -> Iterator[Invariant]:
    product = Product.objects.get(pk=product_id)
    level = product.levels.get()
    moves = StockMovement.objects.filter(product_id=product_id).order_by("sequence")
    chain = list(moves)
    sold = [move for move in chain if move.kind == StockMovement.Kind.SOLD]
    sales = Operation.objects.filter(
        reference=race.name,
        kind__in=[Operation.Kind.STOCK_ISSUED, Operation.Kind.HOLD_FULFILLED],
    )
    total = sum(move.delta for move in chain)
    yield Invariant("every unit went to one buyer", counts["accepted"] == units)
    yield Invariant("units sold are the sales accepted", len(sold) == sales.count())
    yield Invariant("nothing is left", level.on_hand == product.on_hand == 0)
    yield Invariant("nothing is held", level.reserved == product.reserved == 0)
    yield Invariant(
        "no hold is open",
        not Hold.objects.open().filter(product_id=product_id).exists(),
    )
    yield Invariant("the movements add up to the level", total == level.on_hand)
    yield Invariant(
        "balances never fell below zero",
        all(move.balance_after >= 0 for move in chain),
    )
    yield Invariant(
        "no movement is missing or doubled",
        [move.sequence for move in chain] == [*range(1, level.last_sequence + 1)],
    )
    yield Invariant("the hash chain holds", _is_chained(chain, level.last_hash))


def _is_chained(chain: list[StockMovement], head: str) -> bool:
    previous = GENESIS
    for move in chain:
        if move.previous_hash != previous or movement_hash(move) != move.hash:
            return False
        previous = move.hash
    return previous == head
