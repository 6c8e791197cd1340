"""The stock at a moment as a table and as a file, for spreadsheets and accountants."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from products.models import Location
from products.models.reading import one_moment
from products.reports.categories import category_tree
from products.reports.levels import has_several_locations
from products.reports.stock_at import StockLine, gone_at, stock_at
from products.services.balances import late_balances
from products.tabular.sheets import Column, write_sheet
from products.tabular.tables import Cell, write_table

COLUMNS = (
    "sku",
    "name",
    "category",
    "location",
    "on_hand",
    "unit_cost",
    "value",
    "deleted",
)
COSTS = frozenset({"unit_cost", "value"})
WIDTHS = {"sku": 20, "name": 40, "category": 28}
WIDTH = 14  # of every other column, in characters


class StockTable:
    """Which columns the table has, and its rows; three queries for the names.

    Locations are named in a shop with several. Without `with_cost` there are neither
    costs nor values. "deleted" is "yes" for a product that is gone.
    """

    def __init__(self, *, with_cost: bool) -> None:
        left_out = set() if with_cost else set(COSTS)
        if not has_several_locations():
            left_out.add("location")
        self.header = [name for name in COLUMNS if name not in left_out]
        self._places = dict(Location.objects.values_list("pk", "name"))
        self._tree = category_tree()

    def rows(self, lines: Iterable[StockLine]) -> Iterator[list[Cell]]:
        """Yield a row for each line, in the order of `header`."""
        for line in lines:
            node = self._tree.get(line.category_id or 0)
            cells: dict[str, Cell] = {
                "sku": line.sku,
                "name": line.name,
                "category": node.path if node else line.category_label,
                "location": self._places.get(line.location_id),
                "on_hand": line.quantity,
                "unit_cost": line.unit_cost,
                "value": line.known_value,
                "deleted": "yes" if line.is_gone else None,
            }
            yield [cells[name] for name in self.header]


def refuse_unreadable(moment: datetime) -> None:
    """Raise what stands in the way of the file, before its first byte is sent.

    Reads what is not read cell by cell: the late entries, and what is gone, which is
    little. Later it could only cut the file off.
    """
    with one_moment():
        late_balances(moment)
        for _line in gone_at(moment):
            pass


def stock_csv(moment: datetime, *, with_cost: bool) -> Iterator[str]:
    """Yield the file in pieces while it is being read; all of it from one moment."""
    with one_moment():
        table = StockTable(with_cost=with_cost)
        yield from write_table(table.header, table.rows(stock_at(moment)))


def stock_xlsx(moment: datetime, *, with_cost: bool) -> Iterator[bytes]:
    """Yield the file in pieces while it is being read; all of it from one moment."""
    with one_moment():
        table = StockTable(with_cost=with_cost)
        yield from write_sheet(
            title=f"Stock {timezone.localdate(moment):%Y-%m-%d}",
            columns=[Column(name, WIDTHS.get(name, WIDTH)) for name in table.header],
            rows=table.rows(stock_at(moment)),
        )
