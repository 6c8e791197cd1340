"""Shopify's inventory CSV in today's layout: a record per variant and location.

"On hand (new)" is blank and says so "no change": whoever edits the file writes the new
figure there and nothing else, and a file of yesterday takes back no sale of today.
Filled with the same figures it would. To bring every count to Shopify, copy
"On hand (current)" into it.
"""

from collections import Counter
from collections.abc import Iterator

from products.exporting.products import ExportRequest
from products.exporting.shopify_families import Family, families, option_values
from products.models import Location, StockLevel
from products.services.locations import place_key
from products.tabular.writing import BOM, escape_formula, write_csv

HEADERS = {
    "handle": "Handle",
    "name": "Title",
    "option1_name": "Option1 Name",
    "option1": "Option1 Value",
    "option2_name": "Option2 Name",
    "option2": "Option2 Value",
    "option3_name": "Option3 Name",
    "option3": "Option3 Value",
    "sku": "SKU",
    "location": "Location",
    "shelf": "Bin name",
    "reserved": "Committed (not editable)",
    "available": "Available (not editable)",
    "on_hand": "On hand (current)",
    "new": "On hand (new)",
}
NOT_STOCKED = dict.fromkeys(("reserved", "available", "on_hand"), "not stocked")

Cells = dict[str, str]


def write(request: ExportRequest) -> Iterator[bytes]:
    """Yield the file in pieces: every location in use of every variant.

    Three queries, and three per batch of products. Without a BOM, as Shopify writes it.
    """
    places = location_names()
    rows = (
        [cells.get(field, "") for field in HEADERS]
        for family in families(request.products)
        for cells in _records(family, places)
    )
    for piece in write_csv(list(HEADERS.values()), rows):
        yield piece.removeprefix(BOM).encode()


def location_names() -> dict[int, str]:
    """Return what to call each location in use, by its id.

    Its name, as Shopify does; its code where another location goes by that name.
    """
    everything = list(Location.objects.order_by("pk"))
    called = Counter(
        key
        for location in everything
        for key in {place_key(location.name), place_key(location.code)}
    )
    return {
        location.pk: location.name
        if called[place_key(location.name)] == 1
        else location.code
        for location in Location.objects.stocked()
    }


def _records(family: Family, places: dict[int, str]) -> Iterator[Cells]:
    shared = {
        "handle": escape_formula(family.handle),
        "name": escape_formula(family.title),
        **family.option_names(),
    }
    for variant in family.variants:
        cells = shared | option_values(variant)
        cells["sku"] = escape_formula(variant.sku)
        levels = {level.location_id: level for level in family.levels[variant.pk]}
        for pk, name in places.items():
            level = levels.get(pk)
            stock = NOT_STOCKED if level is None else _level_cells(level)
            yield {**cells, "location": escape_formula(name), **stock}


def _level_cells(level: StockLevel) -> Cells:
    return {
        "shelf": escape_formula(level.shelf),
        "reserved": str(level.reserved),
        "available": str(level.available),
        "on_hand": str(level.on_hand),
    }
