"""What the stock at a moment adds up to: in all, by category and by location."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import isfinite

from django.utils.translation import gettext as _

from products.models import Location
from products.models.stored import to_count, to_decimal
from products.reports.categories import SEPARATOR, category_tree
from products.reports.stock_at import StockLine, gone_at
from products.reports.stock_cells import Cell, stock_cells, with_category
from products.services.chain import VALUE_STEP

STEPS = int(1 / VALUE_STEP)

Category = tuple[int | None, str]
"""The id of a category, and its name where only the record of a product has it."""


@dataclass(slots=True)
class Sums:
    """How many SKUs have stock, their units and value, and how many have no cost.

    A SKU is without cost where some of its stock is worth nothing, for nobody has said
    what it cost. `value` is in the shop's currency.
    """

    skus: int = 0
    units: int = 0
    value: Decimal = Decimal(0)
    without_cost: int = 0

    def add(self, other: "Sums") -> None:
        self.skus += other.skus
        self.units += other.units
        self.value += other.value
        self.without_cost += other.without_cost


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one category, which may be `within` others, or of one location."""

    name: str
    sums: Sums
    within: str = ""

    @property
    def path(self) -> str:
        return f"{self.within}{SEPARATOR}{self.name}" if self.within else self.name


@dataclass(frozen=True, slots=True)
class StockTotals:
    """The sums of everything, and the parts that add up to it.

    Categories come in the order of the tree, then those that are gone, then what has
    none. A SKU that is at two locations counts at both.
    """

    overall: Sums
    categories: list[Part]
    locations: list[Part]


class Tally:
    """Adds up what passes; that of one product must follow each other.

    Amounts are added as whole steps of VALUE_STEP: a sum of floats would not be exact,
    one of Decimals three times as slow.
    """

    def __init__(self) -> None:
        # skus, units, steps of value, skus without cost
        self._categories: dict[Category, list[int]] = defaultdict(lambda: [0] * 4)
        self._locations: dict[int, list[int]] = defaultdict(lambda: [0] * 4)
        self._product_id: int | None = None
        self._is_counted = self._is_unknown = False

    def add(self, line: StockLine) -> None:
        """Count a line."""
        category = (line.category_id, line.category_label)
        key = (line.product_id, line.location_id)
        self.add_cell(category, (*key, line.quantity, line.value))

    def add_cell(self, category: Category, cell: Cell) -> None:
        """Count what there is of a product at a location, if anything is."""
        product_id, location_id, recorded, stored = cell
        units = to_count(recorded) or 0
        steps = in_steps(stored)
        if not units and not steps:
            return
        if product_id != self._product_id:
            self._product_id = product_id
            self._is_counted = self._is_unknown = False
        by_category = self._categories[category]
        by_location = self._locations[location_id]
        by_category[1] += units
        by_location[1] += units
        by_category[2] += steps
        by_location[2] += steps
        if units:
            by_location[0] += 1
            if not self._is_counted:
                self._is_counted = True
                by_category[0] += 1
            if not steps:
                by_location[3] += 1
                if not self._is_unknown:
                    self._is_unknown = True
                    by_category[3] += 1

    def totals(self) -> StockTotals:
        """Return what was added up; two queries for the names."""
        categories = {key: _sums(row) for key, row in self._categories.items()}
        locations = {key: _sums(row) for key, row in self._locations.items()}
        overall = Sums()
        for sums in categories.values():
            overall.add(sums)
        return StockTotals(
            overall, list(_by_category(categories)), list(_by_location(locations))
        )


def stock_totals(moment: datetime) -> StockTotals:
    """Return what the whole catalogue added up to at `moment`.

    One pass over the levels and one over the products, in constant memory. Read it
    inside `one_moment`, like `stock_at`.
    """
    tally = Tally()
    for category_id, cell in with_category(stock_cells(moment)):
        tally.add_cell((category_id, ""), cell)
    for line in gone_at(moment):
        tally.add(line)
    return tally.totals()


def in_steps(stored: object) -> int:
    """Return a stored amount in steps of VALUE_STEP; 0 where it is no number."""
    if isinstance(stored, float):  # SQLite's; right up to 15 digits, as they all are
        return round(stored * STEPS) if isfinite(stored) else 0
    if isinstance(stored, int):
        return stored * STEPS
    return int((to_decimal(stored) or Decimal(0)) * STEPS)


def _sums(row: list[int]) -> Sums:
    skus, units, steps, without_cost = row
    return Sums(skus, units, steps * VALUE_STEP, without_cost)


def _by_category(categories: Mapping[Category, Sums]) -> Iterator[Part]:
    tree = category_tree()
    known: dict[int, Sums] = defaultdict(Sums)
    others: dict[str, Sums] = defaultdict(Sums)
    for (category_id, label), sums in categories.items():
        if category_id is not None and category_id in tree:
            known[category_id].add(sums)
        else:
            others[label].add(sums)
    for pk, node in tree.items():
        if pk in known:
            within = node.path[: -len(node.name)].removesuffix(SEPARATOR)
            yield Part(node.name, known[pk], within)
    without = others.pop("", None)
    for label in sorted(others):
        yield Part(label, others[label])
    if without is not None:
        yield Part(_("No category"), without)


def _by_location(locations: Mapping[int, Sums]) -> Iterator[Part]:
    places = Location.objects.order_by("kind", "-is_default", "priority", "name")
    for pk, name in places.values_list("pk", "name"):
        if pk in locations:
            yield Part(name, locations[pk])
