"""One pass over products, levels, holds and movements, side by side by product id."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from django.utils.translation import gettext as _

from products.models import Location
from products.reports.stock_check.chains import (
    Chain,
    faults_of_level,
    faults_without_level,
)
from products.reports.stock_check.findings import Fault, Findings
from products.reports.stock_check.rows import (
    UNREADABLE,
    HoldRow,
    LevelRow,
    MovementRow,
    ProductRow,
    read_holds,
    read_levels,
    read_movements,
    read_products,
)
from products.reports.stock_check.totals import faults_of_totals
from products.services.ledger_head import HeadHash

STEP = 2_000  # rows between two reports of progress

Row = ProductRow | LevelRow | HoldRow | MovementRow
OneKind = TypeVar("OneKind", ProductRow, LevelRow, HoldRow, MovementRow)


@dataclass(slots=True)
class _Group:
    """Everything about one product: its row; levels, holds and chains by location."""

    product: ProductRow | None = None
    levels: dict[int, LevelRow] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    chains: dict[int, Chain] = field(default_factory=dict)

    @property
    def sku(self) -> str | None:
        if self.product is not None:
            return self.product.sku
        return next((chain.sku for chain in self.chains.values()), None)


class Walk:
    """Reads every row once; memory holds the levels of one product, no movements."""

    def __init__(self, findings: Findings, report: Callable[[int], None]) -> None:
        """`report` is told now and then how many rows are done."""
        self.product_count = self.level_count = self.movement_count = 0
        self.head = HeadHash()
        self._findings = findings
        self._report = report
        self._locations: dict[int, Location] = {}

    def run(self) -> None:
        """Check all rows. Raises DatabaseError where the database can't read on."""
        self._locations = Location.objects.in_bulk()
        product_id = attrgetter("product_id")
        rows: Iterable[Row] = merge(
            self._sound(read_products(), attrgetter("product_id", "product_id")),
            self._sound(read_levels(), attrgetter("product_id", "location_id")),
            self._sound(read_holds(), attrgetter("product_id", "quantity")),
            self._sound(
                read_movements(), attrgetter("product_id", "location_id", "sequence")
            ),
            key=product_id,
        )
        reported = done = 0
        for pk, of_product in groupby(rows, key=product_id):
            group = self._follow(of_product)
            self._check_levels(pk, group)
            self._check_totals(group)
            done = self.product_count + self.level_count + self.movement_count
            if done >= reported + STEP:
                reported = done
                self._report(done)
        self._report(done)

    def _sound(
        self, rows: Iterator[OneKind], key: Callable[[OneKind], tuple[object, ...]]
    ) -> Iterator[OneKind]:
        """Report and leave out rows whose key holds no number: they belong nowhere."""
        for row in rows:
            for part in key(row):
                if type(part) is not int:
                    self._findings.add(
                        Fault("readable", _("The row's key holds no number.")),
                        product=str(getattr(row, "sku", row.product_id)),
                        movement=getattr(row, "pk", None),
                    )
                    break
            else:
                yield row

    def _follow(self, rows: Iterable[Row]) -> _Group:
        """Read the rows of one product, and check its movements on the way."""
        group = _Group()
        for row in rows:
            if isinstance(row, MovementRow):
                self.movement_count += 1
                chain = group.chains.get(row.location_id)
                if chain is None:
                    chain = group.chains[row.location_id] = Chain()
                for fault in chain.follow(row):
                    self._add(fault, group.sku, row.location_id, row.pk)
            elif isinstance(row, LevelRow):
                self.level_count += 1
                group.levels[row.location_id] = row
            elif isinstance(row, HoldRow):
                held = group.held.get(row.location_id, 0)
                group.held[row.location_id] = held + row.quantity
            else:
                self.product_count += 1
                group.product = row
        return group

    def _check_levels(self, product_id: int, group: _Group) -> None:
        for location_id, chain in group.chains.items():
            self.head.add(product_id, location_id, chain.hash)
        for location_id in sorted(group.levels | group.held | group.chains):
            for fault in _faults_at(group, location_id):
                self._add(fault, group.sku, location_id)

    def _check_totals(self, group: _Group) -> None:
        if group.product is None:
            return
        try:
            faults = [*faults_of_totals(group.product, group.levels, self._locations)]
        except UNREADABLE:
            faults = [Fault("readable", _("A total holds no proper value."))]
        for fault in faults:
            self._add(fault, group.sku)

    def _add(
        self,
        fault: Fault,
        sku: str | None,
        location_id: int | None = None,
        movement: int | None = None,
    ) -> None:
        location = self._locations.get(location_id or 0)
        code = location.code if location else None
        self._findings.add(fault, product=sku, location=code, movement=movement)


def _faults_at(group: _Group, location_id: int) -> list[Fault]:
    level = group.levels.get(location_id)
    chain = group.chains.get(location_id, Chain())
    held = group.held.get(location_id, 0)
    exists = group.product is not None
    try:
        if level is None:
            return [*faults_without_level(chain, held, product_exists=exists)]
        return [*faults_of_level(level, chain, held)]
    except UNREADABLE:
        return [Fault("readable", _("The level holds no proper value."))]
