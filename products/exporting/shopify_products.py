"""Shopify's product CSV, with the column names of its 2024/25 template.

Shopify reads older names too, but this is what its own template and help say today.
Only columns of what we own, so that importing the file there empties nothing else:

- The category goes into Type, which takes any text. Product category is Shopify's own
  taxonomy: it warns of other paths and drops them.
- Stock only where there is one location; Shopify takes no quantities of several from
  this file. The tracker stands beside it, because without it Shopify keeps no count.
- Each variant has its picture; one that all of them share is the product's as well.

No BOM: it would be part of the first column's name there.
"""

from collections.abc import Iterator

from products.exporting.products import ExportRequest
from products.exporting.shopify_families import Family, families, option_values
from products.models import Location, Product
from products.services.references import CategoryPaths
from products.tabular.html_text import html_of_text
from products.tabular.own_csv import join_path
from products.tabular.writing import BOM, escape_formula, write_csv

HEADERS = {
    "name": "Title",
    "handle": "URL handle",
    "description": "Description",
    "brand": "Vendor",
    "category": "Type",
    "tags": "Tags",
    "status": "Status",
    "sku": "SKU",
    "barcode": "Barcode",
    "option1_name": "Option1 name",
    "option1": "Option1 value",
    "option2_name": "Option2 name",
    "option2": "Option2 value",
    "option3_name": "Option3 name",
    "option3": "Option3 value",
    "price": "Price",
    "cost": "Cost per item",
    "tracker": "Inventory tracker",
    "on_hand": "Inventory quantity",
    "weight": "Weight value (grams)",
    "picture": "Product image URL",
    "image_url": "Variant image URL",
}
STOCK = ("tracker", "on_hand")

Cells = dict[str, str]


def write(request: ExportRequest) -> Iterator[bytes]:
    """Yield the file in pieces: a record per variant, those of a handle together.

    Three queries, and three per batch of products. Costs only when `with_cost`.
    """
    locations = list(Location.objects.stocked())
    only = locations[0].pk if len(locations) == 1 else None
    fields = [
        field
        for field in HEADERS
        if (field != "cost" or request.with_cost)
        and (field not in STOCK or only is not None)
    ]
    rows = (
        [cells.get(field, "") for field in fields] for cells in _records(request, only)
    )
    for piece in write_csv([HEADERS[field] for field in fields], rows):
        yield piece.removeprefix(BOM).encode()


def _records(request: ExportRequest, location_id: int | None) -> Iterator[Cells]:
    paths = CategoryPaths()
    for family in families(request.products):
        first = _product_cells(family, paths)
        for variant in family.variants:
            cells = _variant_cells(variant)
            if location_id is not None:
                here = (
                    level.on_hand
                    for level in family.levels[variant.pk]
                    if level.location_id == location_id
                )
                cells.update(tracker="shopify", on_hand=str(next(here, 0)))
            yield {"handle": escape_formula(family.handle), **cells, **first}
            first = {}


def _product_cells(family: Family, paths: CategoryPaths) -> Cells:
    """Return what the first record says for all variants; texts are safe."""
    first = family.variants[0]
    texts = {
        "name": family.title,
        "brand": first.brand.name if first.brand else "",
        "category": join_path(paths.path_of(first.category_id)),
        "tags": first.tags,
    }
    cells = {field: escape_formula(text) for field, text in texts.items()}
    cells["description"] = html_of_text(first.description)  # begins with a tag
    cells["status"] = first.status
    if all(each.image_url == first.image_url for each in family.variants):
        cells["picture"] = escape_formula(first.image_url)
    return cells | family.option_names()


def _variant_cells(product: Product) -> Cells:
    """Return what is of one variant; texts are safe, numbers stay numbers."""
    cells = {
        "sku": escape_formula(product.sku),
        "barcode": escape_formula(product.barcode or ""),
        "image_url": escape_formula(product.image_url),
        **option_values(product),
    }
    if product.price is not None:
        cells["price"] = str(product.price)
    if product.cost is not None:
        cells["cost"] = f"{product.cost.normalize():f}"
    if product.weight is not None:
        cells["weight"] = f"{product.weight.normalize():f}"
    return cells
