"""What Shopify's files have in common: how they name a variant."""

from collections.abc import Mapping, Sequence

from products.importing.rows import NO_OPTIONS, OPTIONS
from products.tabular.writing import unescape_formula

SPELLINGS = {
    "group_handle": ("handle", "url handle"),
    "name": ("title",),
    "option1_name": ("option1 name",),
    "option1": ("option1 value",),
    "option2_name": ("option2 name",),
    "option2": ("option2 value",),
    "option3_name": ("option3 name",),
    "option3": ("option3 value",),
    "sku": ("variant sku", "sku"),
}
AS_WRITTEN = ("sku", "barcode", "description")
"""Codes, whose reader takes an apostrophe off itself, and what is never given one."""

ONLY_VARIANT = ("default title", "", "")


def aliases_of(spellings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return normalised header -> field."""
    return {name: key for key, names in spellings.items() for name in names}


def bare_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Return `cells` without the apostrophes of our export."""
    return {
        name: text if name in AS_WRITTEN else unescape_formula(text)
        for name, text in cells.items()
    }


def own_options(values: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the options of a variant, none for the only one of its product."""
    option1, option2, option3 = (values.get(name, "") for name in OPTIONS)
    if (option1.casefold(), option2, option3) == ONLY_VARIANT:
        return NO_OPTIONS
    return option1, option2, option3
