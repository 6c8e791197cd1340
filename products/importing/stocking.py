"""What a file says about stock: the opening of new products, differences of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from products.fields import fold_key
from products.importing.findings import Findings
from products.importing.plan import PlannedProduct
from products.importing.refusals import oversold, too_valuable, units_held
from products.importing.rows import ANY_LOCATION, ProductRow
from products.models import Location, StockLevel
from products.services.valuation import VALUE_LIMIT
from products.tabular.columns import Columns, normalise
from products.tabular.problems import ColumnsError

STOCK = "on_hand"


@dataclass(frozen=True)
class Target:
    """Where the stock of a file goes, and whether it may move what is there.

    `locations` is the code in a row's `stock` -> location.
    """

    locations: Mapping[str, Location]
    sets_stock: bool = False

    @property
    def ids_to_set(self) -> set[int]:
        """The locations whose present stock has to be looked at."""
        if not self.sets_stock:
            return set()
        return {location.pk for location in self.locations.values()}


def find_target(columns: Columns, chosen: Location, *, sets_stock: bool) -> Target:
    """Return where the stock columns of a file go; one query if they name locations.

    Raises ColumnsError for a code no location has, and for two columns of one.
    """
    codes = [
        field.partition(":")[2]
        for field in columns.positions
        if field.startswith(STOCK)
    ]
    known = {ANY_LOCATION: chosen}
    if any(codes):
        usable = Location.objects.stocked()
        known |= {_code_key(location.code): location for location in usable}
    missing = [code for code in codes if _code_key(code) not in known]
    if missing:
        raise ColumnsError(
            _(
                "No location has the code “%(code)s”. Add it first, or take the"
                " column out."
            )
            % {"code": missing[0]}
        )
    locations = {code: known[_code_key(code)] for code in codes}
    if len({location.pk for location in locations.values()}) < len(locations):
        raise ColumnsError(
            _("Two columns hold the stock of one location. Take one of them out.")
        )
    return Target(locations, sets_stock)


def opening_stock(
    row: ProductRow, target: Target, findings: Findings
) -> dict[int, int] | None:
    """Return location id -> units of a new product, or None when it is refused."""
    units = {code: _units(row, code, findings) for code in row.stock}
    if is_too_valuable(row, row.values.get("cost"), sum(units.values()), findings):
        return None
    return {target.locations[code].pk: count for code, count in units.items() if count}


def plan_differences(
    row: ProductRow,
    planned: PlannedProduct,
    levels: Mapping[tuple[int, int], StockLevel],
    *,
    target: Target,
    findings: Findings,
) -> bool:
    """Plan the stock differences of an existing product; False when it is refused."""
    for code in row.stock:
        location = target.locations[code]
        key = (planned.product_id or 0, location.pk)
        level = levels.get(key) or StockLevel()
        units = _units(row, code, findings)
        if units < level.reserved:
            error = units_held(level.reserved)
            findings.refuse(row.record, _column(code), str(units), error)
            return False
        average = level.value / level.on_hand if level.on_hand else None
        if is_too_valuable(row, average or row.values.get("cost"), units, findings):
            return False
        if units != level.on_hand:
            planned.stock[location.pk] = units - level.on_hand
            planned.on_hand[location.pk] = level.on_hand
    return True


def is_too_valuable(
    row: ProductRow, cost: Decimal | None, units: int, findings: Findings
) -> bool:
    """Say whether `units` at `cost` are worth more than the ledger books; refuse it."""
    if (cost or 0) * units < VALUE_LIMIT:
        return False
    findings.refuse(row.record, "cost", f"{cost:f}", too_valuable())
    return True


def _code_key(code: str) -> str:
    """Return what a code and a header share: headers lose double blanks."""
    return normalise(fold_key(code))


def _units(row: ProductRow, code: str, findings: Findings) -> int:
    units = row.stock[code]
    if units < 0:
        findings.note(row.record, _column(code), str(units), oversold(units))
    return max(units, 0)


def _column(code: str) -> str:
    return f"{STOCK}:{code}" if code else STOCK
