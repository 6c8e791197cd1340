"""Our own table as XLSX, for people who work in a spreadsheet and import it again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from products.exporting.native import NativeTable, native_table, protect_codes
from products.exporting.products import ExportRequest
from products.tabular.sheet_parts import Style
from products.tabular.sheets import Column, write_sheet
from products.tabular.tables import Cell

WIDTHS = {
    "sku": 20,
    "name": 40,
    "description": 40,
    "category": 28,
    "barcode": 18,
    "tags": 20,
    "image_url": 28,
    "group_handle": 18,
    "group_name": 24,
}
WIDTH = 14  # of every other column
STYLES = {"sku": Style.CODE, "barcode": Style.CODE, "price": Style.MONEY}


def write(request: ExportRequest) -> Iterator[bytes]:
    """Yield the file in pieces; numbers are numbers, codes keep their zeros."""
    table = native_table(request)
    fields = [*table.fields, *["on_hand"] * len(table.locations)]
    columns = [
        Column(title, WIDTHS.get(field, WIDTH), STYLES.get(field, Style.GENERAL))
        for title, field in zip(table.header, fields, strict=True)
    ]
    return write_sheet(title=_("Products"), columns=columns, rows=_cells(table))


def _cells(table: NativeTable) -> Iterator[list[Cell]]:
    """Yield the rows as a sheet holds them.

    Reading takes the apostrophe off that protects a text elsewhere, so a text with one
    of its own gets another.
    """
    for row in table.rows():
        cells = [
            f"'{cell}" if isinstance(cell, str) and cell.startswith("'") else cell
            for cell in row
        ]
        protect_codes(cells)
        yield cells
