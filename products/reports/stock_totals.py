"""What the stock at a moment adds up to: in all, by category and by location."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from products.models import Location
from products.reports.categories import SEPARATOR, category_tree
from products.reports.stock_at import StockLine, gone_at, present_cells

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


@dataclass(slots=True)
class Tally:
    """Adds up lines as they pass; those of one product must follow each other."""

    _categories: dict[Category, Sums] = field(
        default_factory=lambda: defaultdict(Sums), init=False
    )
    _locations: dict[int, Sums] = field(
        default_factory=lambda: defaultdict(Sums), init=False
    )
    _product_id: int | None = field(default=None, init=False)
    _is_counted: bool = field(default=False, init=False)
    _is_unknown: bool = field(default=False, init=False)

    def add(self, line: StockLine) -> None:
        """Count a line."""
        category = (line.category_id, line.category_label)
        place = (line.product_id, line.location_id)
        self.add_cell(place, category, line.quantity, line.value)

    def add_cell(
        self,
        place: tuple[int, int],
        category: Category,
        quantity: int,
        value: Decimal | None,
    ) -> None:
        """Count what there is at a place (product, location), if anything is."""
        if not quantity and not value:
            return
        product_id, location_id = place
        if product_id != self._product_id:
            self._product_id = product_id
            self._is_counted = self._is_unknown = False
        by_category = self._categories[category]
        by_location = self._locations[location_id]
        by_category.units += quantity
        by_location.units += quantity
        if value:
            by_category.value += value
            by_location.value += value
        if quantity:
            self._count_sku(by_category, by_location, is_unknown=not value)

    def _count_sku(
        self, by_category: Sums, by_location: Sums, *, is_unknown: bool
    ) -> None:
        by_location.skus += 1
        by_location.without_cost += is_unknown
        by_category.skus += not self._is_counted
        by_category.without_cost += is_unknown and not self._is_unknown
        self._is_counted = True
        self._is_unknown = self._is_unknown or is_unknown

    def totals(self) -> StockTotals:
        """Return what was added up; two queries for the names."""
        overall = Sums()
        for sums in self._categories.values():
            overall.add(sums)
        return StockTotals(
            overall,
            list(_by_category(self._categories)),
            list(_by_location(self._locations)),
        )


def stock_totals(moment: datetime) -> StockTotals:
    """Return what the whole catalogue added up to at `moment`.

    One pass over the levels, in constant memory; as many queries as `stock_at`.
    """
    tally = Tally()
    for place, category_id, quantity, value in present_cells(moment):
        tally.add_cell(place, (category_id, ""), quantity, value)
    for line in gone_at(moment):
        tally.add(line)
    return tally.totals()


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
