"""Our own table as CSV, for spreadsheets and for importing again.

What comes back unchanged changes nothing; docs/import-format.md describes it. Rows are
read as tuples: with models, a large catalogue would take four times as long.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

from products.exporting.products import ExportRequest, IsAmong, Keys, key_batches
from products.models import Location, Product, StockLevel
from products.services.references import CategoryPaths
from products.tabular.own_csv import COLUMNS, STOCK_AT, join_path
from products.tabular.sheet_damage import (
    SheetDamageError,
    refuse_cut_barcode,
    refuse_replaced_code,
)
from products.tabular.tables import Cell
from products.tabular.writing import any_unsafe, escape_formula, write_csv

ELSEWHERE = {
    "category": "category_id",
    "brand": "brand__name",
    "group_handle": "group__handle",
    "group_name": "group__name",
    "option1_name": "group__option1_name",
    "option2_name": "group__option2_name",
    "option3_name": "group__option3_name",
}
"""What is not a field of the product by the name of its column."""
PLAIN = ("cost", "weight")  # 6.5; a price is 6.50
NUMBERS = {"price", "cost", "weight", "reorder_point", "reorder_quantity"}
SKU, BARCODE = (list(COLUMNS).index(field) for field in ("sku", "barcode"))


@dataclass(frozen=True)
class NativeTable:
    """The table of a request: which columns it has, and its rows.

    `fields` are keys of COLUMNS; a column per location comes after them. Without costs
    there is no cost column, so that importing the file leaves costs alone.
    """

    request: ExportRequest
    fields: tuple[str, ...]
    locations: tuple[Location, ...]

    @property
    def header(self) -> list[str]:
        """The titles; a shop with one location never sees the word."""
        titles = [COLUMNS[field] for field in self.fields]
        if len(self.locations) == 1:
            return [*titles, COLUMNS["on_hand"]]
        return titles + [f"{STOCK_AT}{place.code}" for place in self.locations]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield a row per product, in the order asked for; two queries per batch."""
        paths = CategoryPaths()
        columns = [ELSEWHERE.get(field, field) for field in self.fields]
        category = self.fields.index("category")
        texts: dict[int | None, str] = {None: ""}
        for keys in key_batches(self.request.products):
            found = {
                values[0]: list(values[1:])
                for values in Product.objects.filter(IsAmong("pk", keys))
                .order_by()
                .values_list("pk", *columns)
            }
            stock = _stock(keys, self.locations)
            for key in keys:
                row = found.get(key)
                if row is None:  # deleted meanwhile
                    continue
                node = row[category]
                if node not in texts:
                    texts[node] = join_path(paths.path_of(node))
                row[category] = texts[node]
                row += stock[key]
                yield row


def native_table(request: ExportRequest) -> NativeTable:
    """Return the table of `request`; one query."""
    return NativeTable(
        request,
        tuple(
            field
            for field in COLUMNS
            if field != "on_hand" and (request.with_cost or field != "cost")
        ),
        tuple(Location.objects.stocked()),
    )


def write(request: ExportRequest) -> Iterator[bytes]:
    """Yield the file in pieces; texts are safe in a spreadsheet."""
    table = native_table(request)
    for piece in write_csv(table.header, _as_text(table)):
        yield piece.encode()


def protect_codes(row: list[Cell]) -> None:
    """Put an apostrophe before a code that reading would take for a damaged one.

    “1-Mar” may be a SKU that no spreadsheet has touched. Its row is escaped already:
    what has an apostrophe is left alone by reading.
    """
    # Of letters and digits alone are no dates, errors and rounded numbers.
    sku, barcode = str(row[SKU]), str(row[BARCODE] or "")
    if not sku.isalnum() and _looks_damaged(sku, refuse_replaced_code):
        row[SKU] = f"'{sku}"
    refuse = refuse_cut_barcode if barcode.isalnum() else refuse_replaced_code
    if barcode and _looks_damaged(barcode, refuse):
        row[BARCODE] = f"'{barcode}"


def _looks_damaged(code: str, refuse: Callable[[str], None]) -> bool:
    try:
        refuse(code)
    except SheetDamageError:
        return True
    return False


def _as_text(table: NativeTable) -> Iterator[list[Cell]]:
    """Yield the rows, texts safe in a spreadsheet, numbers without surplus zeros."""
    plain = [table.fields.index(field) for field in PLAIN if field in table.fields]
    texts_of = itemgetter(
        *(n for n, field in enumerate(table.fields) if field not in NUMBERS)
    )
    for row in table.rows():
        if any_unsafe(filter(None, texts_of(row))):
            row[:] = [
                escape_formula(cell) if isinstance(cell, str) else cell for cell in row
            ]
        protect_codes(row)
        for place in plain:
            number = row[place]
            if isinstance(number, Decimal):
                row[place] = f"{number.normalize():f}"
        yield row


def _stock(keys: Keys, locations: tuple[Location, ...]) -> dict[int, list[int]]:
    """Return what is on hand of each product, in the order of `locations`."""
    places = {location.pk: n for n, location in enumerate(locations)}
    stock = {key: [0] * len(places) for key in keys}
    levels = StockLevel.objects.filter(IsAmong("product", keys), location__in=places)
    for key, place, units in levels.values_list("product_id", "location_id", "on_hand"):
        stock[key][places[place]] = units
    return stock
