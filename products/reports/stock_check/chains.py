"""The movements of one product at one location, followed from the first to the last."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from products.reports.stock_check.findings import Fault, differs
from products.reports.stock_check.rows import (
    UNREADABLE,
    LevelRow,
    MovementRow,
    Reading,
    read_movement,
    read_time,
    read_value,
)
from products.services.chain import GENESIS, VERSION, content_hash

ZERO = Decimal(0)


@dataclass(slots=True)
class Chain:
    """What the movements so far amount to.

    `balance` and `value` are None behind a row that can't be read: the next one
    starts anew, so that one damaged row isn't reported as two.
    """

    sku: str = ""
    sequence: int = 0
    balance: int | None = 0
    value: Decimal | None = ZERO
    recorded_at: str = ""
    hash: str = GENESIS

    def follow(self, row: MovementRow) -> list[Fault]:
        """Take the next row in; return what is wrong with it."""
        try:
            reading = read_movement(row)
            faults = [*self._faults(row, reading)]
            self.balance, self.value = row.balance_after, reading.value_after
            self.recorded_at = reading.recorded_at
        except UNREADABLE:
            faults = [Fault("readable", _("A column holds no proper value."))]
            self.balance = self.value = None
        self.sku, self.sequence, self.hash = row.sku, row.sequence, row.hash
        return faults

    def _faults(self, row: MovementRow, reading: Reading) -> Iterator[Fault]:
        if row.sequence != self.sequence + 1:
            yield differs("sequence", _("Its number"), row.sequence, self.sequence + 1)
        if self.balance is not None and row.balance_after != self.balance + row.delta:
            expected = self.balance + row.delta
            yield differs("balance", _("On hand after"), row.balance_after, expected)
        if (
            self.value is not None
            and reading.value_after != self.value + reading.value_delta
        ):
            worth = self.value + reading.value_delta
            yield differs("value", _("Value after"), reading.value_after, worth)
        if reading.recorded_at < self.recorded_at:
            yield Fault("time", _("Recorded before the movement in front of it."))
        if row.previous_hash != self.hash:
            yield Fault("chain", _("Doesn't continue the movement in front of it."))
        if row.hash_version != VERSION:
            yield differs("hash", _("Version of the hash"), row.hash_version, VERSION)
        elif row.hash != content_hash(reading.content):
            yield Fault("hash", _("Its hash doesn't fit its content: it was edited."))


def faults_of_level(level: LevelRow, chain: Chain, held: int) -> Iterator[Fault]:
    """Yield where a level differs from its movements and from what is `held` there.

    Raises one of UNREADABLE.
    """
    if chain.balance is not None and level.on_hand != chain.balance:
        yield differs("level", _("On hand of the level"), level.on_hand, chain.balance)
    value = read_value(level.value)
    if chain.value is not None and value != chain.value:
        yield differs("level", _("Value of the level"), value, chain.value)
    if level.reserved != held:
        yield differs("reserved", _("Held"), level.reserved, held)
    if level.last_sequence != chain.sequence:
        yield differs(
            "head", _("Last number of the level"), level.last_sequence, chain.sequence
        )
    if (level.last_hash or GENESIS) != chain.hash:
        yield Fault("head", _("The level's last hash isn't that of its last movement."))
    last = level.last_recorded_at
    if (read_time(last) if last else "") != chain.recorded_at:
        yield Fault("head", _("The level's last time isn't that of its last movement."))


def faults_without_level(
    chain: Chain, held: int, *, product_exists: bool
) -> Iterator[Fault]:
    """Yield what is wrong with movements and open holds that have no level."""
    if held:
        yield differs("reserved", _("Held"), 0, held)
    if product_exists and chain.sequence:
        yield Fault("level", _("There are movements, but no level."))
    elif chain.balance or chain.value:
        yield differs("gone", _("Stock of a deleted product"), chain.balance, 0)
