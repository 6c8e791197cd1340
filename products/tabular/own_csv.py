"""The columns of our own CSV; docs/import-format.md describes it.

Shared by `importing.native`, which reads it, and `exporting.native`, which writes it.
"""

import re
from collections.abc import Iterable

COLUMNS = {
    "sku": "sku",
    "name": "name",
    "description": "description",
    "category": "category",
    "brand": "brand",
    "supplier_name": "supplier",
    "barcode": "barcode",
    "price": "price",
    "cost": "cost",
    "weight": "weight_g",
    "status": "status",
    "reorder_point": "reorder_point",
    "reorder_quantity": "reorder_quantity",
    "tags": "tags",
    "image_url": "image_url",
    "group_handle": "group",
    "group_name": "group_name",
    "option1_name": "option1_name",
    "option1": "option1",
    "option2_name": "option2_name",
    "option2": "option2",
    "option3_name": "option3_name",
    "option3": "option3",
    "on_hand": "on_hand",
}
"""Field -> header, in the order they are written."""

STOCK_AT = "on_hand:"
"""Begins the header of the stock at one location: "on_hand:BACK"."""

SEPARATOR = re.compile(r"(?<!\\)>")


def join_path(path: Iterable[str]) -> str:
    """Return the names of a category path as one text: "Kitchen > Mugs".

    A `>` that is part of a name gets a backslash in front of it.
    """
    return " > ".join(name.replace(">", r"\>") for name in path)


def split_path(text: str) -> list[str]:
    """Return the trimmed names of a path from `join_path`, or of any other shop."""
    names = (part.replace(r"\>", ">").strip() for part in SEPARATOR.split(text))
    return [name for name in names if name]
