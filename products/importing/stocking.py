"""What a file says about stock: the opening of new products, differences of others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from products.importing.fields import text_reader
from products.importing.findings import Findings
from products.importing.plan import Place, PlannedProduct
from products.importing.refusals import (
    oversold,
    place_unknown,
    place_unused,
    stock_gone,
    too_valuable,
    units_held,
)
from products.importing.rows import ANY_LOCATION, ProductRow
from products.models import Location, StockLevel
from products.services.locations import place_key
from products.services.valuation import VALUE_LIMIT
from products.tabular.columns import Columns
from products.tabular.problems import BadCellError, ColumnsError

STOCK = "on_hand"
read_place_name = text_reader(Location, "name")


@dataclass
class Target:
    """Where the stock of a file goes, and whether it may move what is there.

    `places` is the folded code or name of a location -> the location. `new` collects
    the names of those that are to be made, which a strict import refuses.
    """

    chosen: Location
    places: Mapping[str, Location]
    sets_stock: bool = False
    is_strict: bool = False
    new: dict[str, str] = field(default_factory=dict)

    def place(self, text: str) -> Place:
        """Return where the stock of `text` goes; raises BadCellError."""
        if text == ANY_LOCATION:
            return self.chosen.pk
        location = self.find(text)
        if location is None and self.is_strict:
            raise place_unknown(text)
        if location is None:
            key = place_key(text)
            if key not in self.new:
                self.new[key] = read_place_name(text)
            return self.new[key]
        if not location.is_active or location.kind != Location.Kind.STOCK:
            raise place_unused(location.name)
        return location.pk

    def find(self, text: str) -> Location | None:
        """Return the location of that code or name, whether it is in use or not."""
        return self.places.get(place_key(text))

    def ids_to_set(self, rows: Iterable[ProductRow]) -> set[int]:
        """Return the locations whose present stock `rows` may move."""
        if not self.sets_stock:
            return set()
        texts = {text for row in rows for text in row.stock}
        found = (self.find(text) for text in texts)
        ids = {location.pk for location in found if location is not None}
        return ids | {self.chosen.pk} if ANY_LOCATION in texts else ids


def find_target(
    columns: Columns, chosen: Location, *, sets_stock: bool, is_strict: bool = False
) -> Target:
    """Return where the stock of a file goes; one query.

    Raises ColumnsError for two stock columns of one location, for a location that is
    out of use, and for an unknown one when the import is strict.
    """
    target = Target(chosen, known_places(), sets_stock=sets_stock, is_strict=is_strict)
    texts = [
        name.partition(":")[2] for name in columns.positions if name.startswith(STOCK)
    ]
    try:
        goes_to = [target.place(text) for text in texts]
    except BadCellError as error:
        raise ColumnsError(str(error)) from error
    if len(set(goes_to)) < len(goes_to):
        raise ColumnsError(
            _("Two columns hold the stock of one location. Take one of them out.")
        )
    return target


def known_places() -> dict[str, Location]:
    """Return the folded code or name of each location -> the location; one query."""
    everything = list(Location.objects.order_by("-pk"))
    places = {place_key(location.name): location for location in everything}
    return places | {place_key(location.code): location for location in everything}


def opening_stock(
    row: ProductRow, target: Target, findings: Findings
) -> dict[Place, int] | None:
    """Return place -> units of a new product, or None when it is refused."""
    stock: dict[Place, int] = {}
    for text in row.stock:
        place = _find_place(row, text, target, findings)
        if place is None:
            return None
        stock[place] = stock.get(place, 0) + _units(row, text, findings)
    if is_too_valuable(row, row.values.get("cost"), sum(stock.values()), findings):
        return None
    return {place: units for place, units in stock.items() if units}


def plan_differences(
    row: ProductRow,
    planned: PlannedProduct,
    levels: Mapping[tuple[int, int], StockLevel],
    *,
    target: Target,
    findings: Findings,
    planned_before: Mapping[Place, int] | None = None,
) -> bool:
    """Plan the stock differences of an existing product; False when it is refused.

    `planned_before` are the differences of a plan that is made anew: they stay, because
    a sale since then is no reason to put back what was sold.
    """
    for text in row.stock:
        place = _find_place(row, text, target, findings)
        if place is None:
            return False
        key = (planned.product_id or 0, place if isinstance(place, int) else 0)
        level = levels.get(key) or StockLevel()
        units = _units(row, text, findings)
        if planned_before is not None:
            units = level.on_hand + planned_before.get(place, 0)
        error = _refusal(units, level, is_kept=planned_before is not None)
        if error is not None:
            findings.refuse(row.record, column_of(text), str(units), error)
            return False
        average = level.value / level.on_hand if level.on_hand else None
        if is_too_valuable(row, average or row.values.get("cost"), units, findings):
            return False
        if units != level.on_hand:
            planned.stock[place] = units - level.on_hand
            planned.on_hand[place] = level.on_hand
    return True


def _find_place(
    row: ProductRow, text: str, target: Target, findings: Findings
) -> Place | None:
    """Return where the stock of `text` goes; None when the row is refused for it."""
    try:
        return target.place(text)
    except BadCellError as error:
        findings.refuse(row.record, column_of(text), text, error)
        return None


def is_too_valuable(
    row: ProductRow, cost: Decimal | None, units: int, findings: Findings
) -> bool:
    """Say whether `units` at `cost` are worth more than the ledger books; refuse it."""
    if (cost or 0) * units < VALUE_LIMIT:
        return False
    findings.refuse(row.record, "cost", f"{cost:f}", too_valuable())
    return True


def _refusal(units: int, level: StockLevel, *, is_kept: bool) -> BadCellError | None:
    """Return why a level can't have `units`; None when it can."""
    if units >= level.reserved:
        return None
    return stock_gone(level.available) if is_kept else units_held(level.reserved)


def _units(row: ProductRow, text: str, findings: Findings) -> int:
    units = row.stock[text]
    if units < 0:
        findings.note(row.record, column_of(text), str(units), oversold(units))
    return max(units, 0)


def column_of(text: str) -> str:
    """Return the field that holds the stock of the location written as `text`."""
    return f"{STOCK}:{text}" if text else STOCK
