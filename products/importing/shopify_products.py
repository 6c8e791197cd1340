"""Shopify's product CSV: classic column names (to about 2024) and newer ones.

One record per variant; the first record of a handle carries the product's own fields.
A handle may stand in several places of the file. Columns not named here are listed in
the report and never stop an import.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.fields import fold_key
from products.importing import shopify_keys
from products.importing.fields import tidy_line
from products.importing.findings import Findings
from products.importing.formats import Format, read_values
from products.importing.made_skus import make_sku
from products.importing.rows import (
    ANY_LOCATION,
    OPTION_NAMES,
    OPTIONS,
    GroupRow,
    ProductRow,
    Shared,
)
from products.importing.shopify_keys import aliases_of, bare_cells, own_options
from products.models import Product
from products.tabular.columns import Columns, match_columns
from products.tabular.html_text import text_of_html
from products.tabular.problems import BadCellError
from products.tabular.reading import Record

SPELLINGS = shopify_keys.SPELLINGS | {
    "description": ("body (html)", "body", "body html", "description"),
    "brand": ("vendor",),
    "category": ("product category",),
    "type": ("type",),
    "tags": ("tags",),
    "published": ("published", "published on online store"),
    "status": ("status",),
    "barcode": ("variant barcode", "barcode"),
    "weight": ("variant grams", "weight value (grams)"),
    "on_hand": (
        "variant inventory qty",
        "variant inventory quantity",
        "inventory quantity",
    ),
    "price": ("variant price", "price"),
    "cost": ("cost per item",),
    "picture": ("image src", "product image url"),
    "image_url": ("variant image", "variant image url"),
}
ALIASES = aliases_of(SPELLINGS)
INVENTORY_ONLY = ("on hand", "on hand (new)", "on hand (current)")
PRODUCT_FIELDS = (
    *("group_handle", "name", "description", "brand", "category", "type", "tags"),
    *("status", "picture", *OPTION_NAMES),
)
VARIANT_FIELDS = (
    *("sku", "barcode", "price", "cost", "weight", "image_url", "on_hand", *OPTIONS),
)
NO_CATEGORY = ("uncategorized",)


@dataclass
class _Product:
    """What the first record of a handle says for all of its variants.

    `seen` is option values -> the record that had them first.
    """

    values: dict[str, Any]
    first_values: dict[str, Any]
    group: GroupRow
    shared: Shared
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)


def match(header: Sequence[str]) -> Columns:
    """Return the columns of `header`; raises ColumnsError when two mean the same."""
    return match_columns(header, ALIASES)


def fits(columns: Columns) -> bool:
    """Say whether this is a product file: an inventory file has handles too."""
    unknown = {name.casefold() for name in columns.unknown}
    return {"group_handle", "name"} <= columns.positions.keys() and not (
        unknown.intersection(INVENTORY_ONLY)
    )


def read(
    records: Iterable[Record], columns: Columns, findings: Findings
) -> Iterator[ProductRow]:
    """Yield a row for every variant; records with nothing but a picture give none."""
    firsts: dict[str, int] = {}
    products: dict[str, _Product | None] = {}
    for record in records:
        cells = bare_cells(columns.pick(record.cells))
        key = fold_key(tidy_line(cells.get("group_handle", "")))
        if record.problem is not None:
            findings.refuse(record.number, "", "", record.problem)
            continue
        if not key:
            findings.refuse(record.number, "group_handle", "", _no_handle())
            continue
        first = firsts.setdefault(key, record.number)
        if first == record.number:
            products[key] = _read_product(record.number, cells, findings)
        elif not any(cells.get(name) for name in (*OPTIONS, "sku", "price")):
            continue
        elif products[key] is None:
            error = _lost(first)
            findings.refuse(record.number, "group_handle", cells["group_handle"], error)
        row = _read_variant(record.number, cells, products[key], findings)
        if row is not None:
            yield row


def mendable(records: Iterable[Record], columns: Columns) -> Iterator[Record]:
    """Yield each record with the product's own cells filled down from its first.

    A variant that is sent again alone must still say what it is a variant of.
    """
    firsts: dict[str, tuple[str, ...]] = {}
    places = [columns.positions[it] for it in PRODUCT_FIELDS if it in columns.positions]
    for record in records:
        key = fold_key(tidy_line(columns.pick(record.cells)["group_handle"]))
        cells = list(record.cells)
        if key and record.problem is None:
            first = firsts.setdefault(key, record.cells)
            for place in places:
                cells[place] = cells[place] or first[place]
        yield replace(record, cells=tuple(cells))


def _read_product(
    number: int, cells: Mapping[str, str], findings: Findings
) -> _Product | None:
    """Return what all variants share, or None when one of its cells can't be read."""
    own = dict(cells)
    if "description" in own:
        own["description"] = text_of_html(own["description"])
    values = read_values(own, PRODUCT_FIELDS, number, findings)
    if values is None:
        return None
    names = [values.pop(name, "") for name in OPTION_NAMES]
    group = GroupRow(
        values.pop("group_handle"), values["name"], (names[0], names[1], names[2])
    )
    _merge_type(values)
    is_hidden = own.get("published", "").casefold() == "false"
    # Older files have no status: what was not published is not for sale yet.
    first_values = {"status": Product.Status.DRAFT} if is_hidden else {}
    return _Product(values, first_values, group, Shared(group.key))


def _merge_type(values: dict[str, Any]) -> None:
    """Take the free type for the category where the taxonomy names none."""
    if "category" not in values and "type" not in values:
        return
    path = values.pop("category", ())
    free_type = values.pop("type", ())
    if tuple(name.casefold() for name in path) == NO_CATEGORY:
        path = ()
    values["category"] = path or free_type


def _read_variant(
    number: int,
    cells: Mapping[str, str],
    product: _Product | None,
    findings: Findings,
) -> ProductRow | None:
    """Return the row of one variant, or None when it has to be refused."""
    values = read_values(cells, VARIANT_FIELDS, number, findings)
    if values is None or product is None:
        return None
    options = own_options(values)
    first = product.seen.setdefault(options, number)
    if first != number:
        said = " / ".join(option for option in options if option)
        findings.refuse(number, "option1", said, _repeated(first))
        return None
    return _row(number, values, options, product)


def _row(
    number: int,
    values: dict[str, Any],
    options: tuple[str, str, str],
    product: _Product,
) -> ProductRow:
    sku = values.pop("sku", "")
    quantity = values.pop("on_hand", None)
    values = {**product.values, **values}
    picture = values.pop("picture", "")
    if picture and not values.get("image_url"):
        values["image_url"] = picture
    if not any(options):
        values = {name: value for name, value in values.items() if name not in OPTIONS}
    else:
        values["group"] = product.group
    return ProductRow(
        record=number,
        sku=sku or make_sku(product.group.handle, options),
        is_sku_made=not sku,
        values=values,
        first_values=product.first_values,
        stock={} if quantity is None else {ANY_LOCATION: quantity},
        shared=product.shared,
    )


def _no_handle() -> BadCellError:
    return BadCellError(
        _("A row without a handle belongs to no product."),
        _("Give it the handle of its product."),
    )


def _lost(first: int) -> BadCellError:
    return BadCellError(
        _("Row %(record)d, the first of this handle, can't be read.")
        % {"record": first},
        _("Mend that row."),
    )


def _repeated(first: int) -> BadCellError:
    return BadCellError(
        _("The same option values as row %(record)d of this handle.")
        % {"record": first},
        _("Keep one of the two rows, or change its options."),
    )


FORMAT = Format(
    code="shopify_products",
    label=gettext_lazy("Shopify products"),
    aliases=ALIASES,
    required={"group_handle": "Handle", "name": "Title"},
    match=match,
    fits=fits,
    read=read,
    mendable=mendable,
)
