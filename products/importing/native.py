"""Our own CSV: what `export_products` writes. docs/import-format.md describes it.

One record per product; only `sku` is needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.importing.findings import Findings
from products.importing.formats import Format, read_values
from products.importing.rows import ANY_LOCATION, GroupRow, ProductRow
from products.tabular.columns import Columns, match_columns, normalise
from products.tabular.own_csv import COLUMNS, STOCK_AT
from products.tabular.problems import BadCellError
from products.tabular.reading import Record
from products.tabular.writing import unescape_formula

OTHER_SPELLINGS = {
    "category_path": "category",
    "manufacturer": "brand",
    "supplier_name": "supplier_name",
    "gtin": "barcode",
    "ean": "barcode",
    "weight (g)": "weight",
    "quantity": "on_hand",
}
ALIASES = {header: field for field, header in COLUMNS.items()} | OTHER_SPELLINGS
GROUP_FIELDS = (
    "group_handle",
    "group_name",
    "option1_name",
    "option2_name",
    "option3_name",
)
CODES = ("sku", "barcode")  # their reader takes the apostrophe off itself


def match(header: Sequence[str]) -> Columns:
    """Return the columns of `header`, one `on_hand:CODE` per location included.

    Raises ColumnsError when two columns mean the same.
    """
    names = {normalise(title) for title in header}
    places = {name: name for name in names if name.startswith(STOCK_AT)}
    return match_columns(header, ALIASES | places)


def fits(columns: Columns) -> bool:
    """Say whether most of the columns are ours: other shops' files have a SKU too."""
    known = len(columns.positions)
    return "sku" in columns.positions and known >= len(columns.unknown)


def read(
    records: Iterable[Record], columns: Columns, findings: Findings
) -> Iterator[ProductRow]:
    """Yield a row for every record that can be taken."""
    fields = list(columns.positions)
    for record in records:
        if record.problem is not None:
            findings.refuse(record.number, "", "", record.problem)
            continue
        cells = {
            name: text if name in CODES else unescape_formula(text)
            for name, text in columns.pick(record.cells).items()
        }
        values = read_values(cells, fields, record.number, findings)
        if not cells.get("sku") and not (values and values.get("barcode")):
            findings.refuse(record.number, "sku", "", _no_sku())
        elif values is not None:
            yield _row(record.number, values)


def _row(number: int, values: dict[str, Any]) -> ProductRow:
    stock = {
        name.partition(":")[2] or ANY_LOCATION: values.pop(name)
        for name in list(values)
        if name == "on_hand" or name.startswith(STOCK_AT)
    }
    names_group = "group_handle" in values
    handle, name, *options = (values.pop(field, "") for field in GROUP_FIELDS)
    if names_group:
        group = GroupRow(handle, name or handle, (options[0], options[1], options[2]))
        values["group"] = group if handle else None
    return ProductRow(
        record=number,
        sku=values.pop("sku", ""),
        values=values,
        stock={code: units for code, units in stock.items() if units is not None},
    )


def _no_sku() -> BadCellError:
    return BadCellError(
        _("A row without a SKU can't be matched."),
        _("Give it the SKU of the product it belongs to."),
    )


FORMAT = Format(
    code="native",
    label=gettext_lazy("Our own CSV"),
    aliases=ALIASES,
    required={"sku": "sku"},
    match=match,
    fits=fits,
    read=read,
)
