"""The headers of WooCommerce's product CSV."""

import re
from collections.abc import Sequence
from dataclasses import replace

from products.importing.rows import OPTION_NAMES, OPTIONS
from products.tabular.columns import Columns, match_columns, normalise

SPELLINGS = {
    "id": ("id",),
    "type": ("type",),
    "sku": ("sku",),
    "barcode": ("gtin, upc, ean, or isbn", "gtin, upc, ean or isbn"),
    "name": ("name",),
    "status": ("published",),
    "short_description": ("short description",),
    "description": ("description",),
    "on_hand": ("stock",),
    "reorder_point": ("low stock amount",),
    "weight": ("weight (kg)", "weight (g)", "weight (lbs)", "weight (oz)"),
    "sale_price": ("sale price",),
    "price": ("regular price",),
    "cost": ("cost of goods",),
    "category": ("categories",),
    "tags": ("tags",),
    "image_url": ("images",),
    "parent": ("parent",),
    "brand": ("brands",),
}
ALIASES = {name: key for key, names in SPELLINGS.items() for name in names}
ATTRIBUTE = re.compile(r"attribute (\d{1,3}) (name|value)(?:\(s\))?")
TYPICAL = frozenset(
    {"type", "status", "price", "category", "image_url", "parent", "barcode"}
)
"""Fields whose headers few other shops write like this; several tell the format."""
OWN = frozenset({"status", "price", "parent", "barcode"})
"""Those that no other writes so: a type, categories and images Bagisto has too."""
ENOUGH = 3


def match(header: Sequence[str]) -> Columns:
    """Return the columns of `header`, those of every attribute included.

    Raises ColumnsError when two mean the same.
    """
    attributes = {}
    for name in map(normalise, header):
        found = ATTRIBUTE.fullmatch(name)
        if found:
            attributes[name] = f"attribute{int(found[1])}_{found[2]}"
    columns = match_columns(header, ALIASES | attributes)
    numbered = sorted(attributes.values(), key=lambda field: (len(field), field))
    values = [columns.titles[field] for field in numbered if "_value" in field]
    names = [columns.titles[field] for field in numbered if "_name" in field]
    options = dict(zip(OPTIONS, values, strict=False))
    options |= dict(zip(OPTION_NAMES, names, strict=False))
    return replace(columns, titles={**columns.titles, **options})


def fits(columns: Columns) -> bool:
    """Say whether the header is WooCommerce's: `SKU` and `Name` are anybody's."""
    there = columns.positions.keys()
    is_typical = len(TYPICAL & there) >= ENOUGH and bool(OWN & there)
    return "name" in there and is_typical
