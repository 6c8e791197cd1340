"""Any table with a header, once somebody has said which column is which field.

Its cells are read like those of our own CSV.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.importing import native
from products.importing.column_names import FIELD_BY_NAME
from products.importing.findings import Findings
from products.importing.formats import Format
from products.importing.rows import ProductRow
from products.tabular.columns import Columns, match_columns, normalise
from products.tabular.own_csv import COLUMNS, STOCK_AT
from products.tabular.problems import ColumnsError
from products.tabular.reading import Record

CODE = "table"


FIELDS = native.ALIASES | {name: name for name in ("weight_kg", "on_hand_list")}
"""What a column can be called -> its field."""


def read(
    records: Iterable[Record], columns: Columns, findings: Findings
) -> Iterator[ProductRow]:
    """Yield a row for every record that can be taken."""
    for row in native.read(records, columns, findings):
        row.stock |= row.values.pop("on_hand_list", {})
        if "weight_kg" in row.values:
            row.values["weight"] = row.values.pop("weight_kg")
        yield row


def own_titles(header: Sequence[str]) -> list[str]:
    """Return the headers by which a column can be named: "" for the others.

    Those are blank headers, and the later ones of headers that are equal.
    """
    seen: set[str] = set()
    titles: list[str] = []
    for title in header:
        name = normalise(title)
        titles.append("" if name in seen else title)
        seen.add(name)
    return titles


def match_named(header: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    """Return the columns of `header` that `mapping`, header -> field, names.

    Raises ColumnsError when two columns are one field, and when there is nothing to
    find a product by.
    """
    fields = {normalise(title): name for title, name in mapping.items() if name}
    columns = match_columns(own_titles(header), fields)
    if {"weight", "weight_kg"} <= columns.positions.keys():
        raise ColumnsError(_("Two columns hold the weight. Take one of them out."))
    if not {"sku", "barcode"} & columns.positions.keys():
        raise ColumnsError(
            _(
                "Say which column holds the SKU. A file without one can still change"
                " products that are there, found by a column with their barcodes."
            )
        )
    return columns


def field_named(text: str) -> str | None:
    """Return the field that a column of our own CSV goes by, "" for none.

    None when there is no such column. A location is not looked up.
    """
    name = normalise(text)
    if not name:
        return ""
    place = text.partition(":")[2].strip()
    if name.startswith(STOCK_AT) and place:
        return f"{STOCK_AT}{place}"
    return FIELDS.get(name)


def name_of(field: str) -> str:
    """Return the column of our own CSV that holds `field`."""
    return COLUMNS.get(field, field)


FORMAT = Format(
    code=CODE,
    label=gettext_lazy("Any table"),
    aliases={name: field for name, (field, _rank) in FIELD_BY_NAME.items()},
    required={},
    match=lambda header: Columns({}, {}, tuple(header)),  # a header says nothing
    fits=lambda columns: False,
    read=read,
)
