"""Shopify's inventory CSV: what is on hand of each variant, by location.

Three layouts: one record per variant and location with "On hand (new)" (today's) or
"On hand" (2023), and one record per variant with a column per location. It updates
stock and never makes products. Handle and option values find a variant; the SKU
helps where they don't, because several variants may have the same one there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.fields import fold_key
from products.importing import shopify_keys, shopify_products
from products.importing.fields import READERS, text_reader
from products.importing.findings import Findings
from products.importing.formats import Format, read_values
from products.importing.made_skus import make_sku
from products.importing.rows import OPTIONS, ProductRow, VariantKey
from products.importing.shopify_keys import aliases_of, bare_cells, own_options
from products.models import Location
from products.tabular.columns import Columns, match_columns, normalise
from products.tabular.problems import BadCellError
from products.tabular.reading import Record

SPELLINGS = shopify_keys.SPELLINGS | {
    "location": ("location",),
    "on_hand": ("on hand (new)", "on hand"),
}
ALIASES = aliases_of(SPELLINGS)
ON_HAND_AT = "on_hand:"  # begins the field of a column that is headed by a location
BESIDE = frozenset(
    {
        *("hs code", "coo", "bin name", "on hand (current)"),
        *("incoming", "unavailable", "committed", "available"),
        *(f"{name} (not editable)" for name in ("incoming", "unavailable")),
        *(f"{name} (not editable)" for name in ("committed", "available")),
    }
)
"""Columns of the layouts that are no location and are not read."""

KEYS = frozenset({"handle", "title", "sku"}).union(
    *(
        shopify_keys.SPELLINGS[f"option{n}{part}"]
        for n in "123"
        for part in ("", "_name")
    )
)
"""Columns that every layout has: without them unknown columns are no locations."""

NOT_STOCKED = "not stocked"
NAME_LENGTH = Location._meta.get_field("name").max_length or 0


def match(header: Sequence[str]) -> Columns:
    """Return the columns of `header`; raises ColumnsError when two mean the same."""
    titles = {normalise(title): title for title in header if title}
    places = {}
    if titles.keys() >= KEYS and "location" not in titles:
        places = {
            name: f"{ON_HAND_AT}{title}"
            for name, title in titles.items()
            if name not in BESIDE | ALIASES.keys() and len(title) <= NAME_LENGTH
        }
    if not places.keys().isdisjoint(shopify_products.ALIASES):
        places = {}  # products, whose other columns are no locations
    return match_columns(header, ALIASES | places)


def fits(columns: Columns) -> bool:
    """Say whether the file has variants with stock at locations."""
    found = columns.positions.keys()
    return "group_handle" in found and (
        {"location", "on_hand"} <= found
        or any(name.startswith(ON_HAND_AT) for name in found)
    )


def read(
    records: Iterable[Record], columns: Columns, findings: Findings
) -> Iterator[ProductRow]:
    """Yield a row for every record that can be taken, also where nothing changes.

    A SKU that another variant of the file had first says nothing.
    """
    stock = [name for name in columns.positions if name.startswith("on_hand")]
    skus: dict[str, VariantKey | None] = {}
    for record in records:
        if record.problem is not None:
            findings.refuse(record.number, "", "", record.problem)
            continue
        cells = bare_cells(columns.pick(record.cells))
        values = _read_record(record.number, cells, stock, findings)
        if values is None:
            continue
        sku = _read_sku(record.number, cells, findings)
        row = _row(record.number, sku, values)
        if sku and skus.setdefault(row.sku_key, row.found_by) != row.found_by:
            row = _row(record.number, "", values)
        yield row


def _read_record(
    number: int, cells: Mapping[str, str], stock: Sequence[str], findings: Findings
) -> dict[str, Any] | None:
    """Return handle, options and stock of a record, or None when it is refused."""
    units = {
        name: "0" if cells[name].casefold() == NOT_STOCKED else cells[name]
        for name in stock
    }
    fields = ("group_handle", *OPTIONS, *stock)
    values = read_values({**cells, **units}, fields, number, findings)
    place = _read_location(number, cells, findings)
    if not cells.get("group_handle"):
        findings.refuse(number, "group_handle", "", _no_handle())
        return None
    if values is None or place is None:
        return None
    # A location named in the record goes before the one the person chose.
    named = {name.partition(":")[2] or place: values.pop(name) for name in stock}
    values["stock"] = {
        name: units for name, units in named.items() if units is not None
    }
    return values


def _read_location(
    number: int, cells: Mapping[str, str], findings: Findings
) -> str | None:
    """Return the location of a record as it is written; None when it is refused.

    "" where a file has a column per location.
    """
    text = cells.get("location")
    if text is None:
        return ""
    try:
        if not text:
            raise _no_location()
        return text_reader(Location, "name")(text)
    except BadCellError as error:
        findings.refuse(number, "location", text, error)
        return None


def _read_sku(number: int, cells: Mapping[str, str], findings: Findings) -> str:
    """Return the SKU, "" for none: handle and options are key enough."""
    text = cells.get("sku", "")
    try:
        return str(READERS["sku"](text)) if text else ""
    except BadCellError as error:
        findings.note(number, "sku", text, error.reason)
        return ""


def _row(number: int, sku: str, values: Mapping[str, Any]) -> ProductRow:
    options = own_options(values)
    return ProductRow(
        record=number,
        sku=sku or make_sku(values["group_handle"], options),
        is_sku_made=not sku,
        values={},
        stock=values["stock"],
        updates_only=True,
        found_by=(fold_key(values["group_handle"]), *options),
    )


def _no_handle() -> BadCellError:
    return BadCellError(
        _("A row without a handle is about no product."),
        _("Give it the handle of its product."),
    )


def _no_location() -> BadCellError:
    return BadCellError(
        _("The row doesn't say where the stock is."),
        _("Write the name or the code of the location."),
    )


FORMAT = Format(
    code="shopify_inventory",
    label=gettext_lazy("Shopify inventory"),
    aliases=ALIASES,
    required={"group_handle": "Handle"},
    match=match,
    fits=fits,
    read=read,
    is_stock_only=True,
)
