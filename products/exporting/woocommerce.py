"""WooCommerce's product CSV: what its importer takes, and ours takes back.

Only columns of what we own, so that importing the file there empties nothing else.
Variants are variations of a variable product that stands for their group and comes
before them. docs/import-format.md says what the format doesn't carry.
"""

from collections import defaultdict
from collections.abc import Iterator

from products.exporting.products import ExportRequest, product_batches
from products.exporting.woocommerce_groups import (
    OPTIONS,
    PUBLISHED,
    Cells,
    Family,
    shared_cells,
    variable_product,
)
from products.models import Product, ProductGroup
from products.services.references import CategoryPaths
from products.tabular.woo_csv import GRAMS, escape_code
from products.tabular.writing import escape_formula, write_csv

GROUPS = 200  # with their variants in memory at a time
HEADERS = {
    "type": "Type",
    "sku": "SKU",
    "barcode": "GTIN, UPC, EAN, or ISBN",
    "name": "Name",
    "status": "Published",
    "description": "Description",
    "on_hand": "Stock",
    "reorder_point": "Low stock amount",
    "weight": "Weight (kg)",
    "price": "Regular price",
    "cost": "Cost of goods",
    "category": "Categories",
    "tags": "Tags",
    "image_url": "Images",
    "parent": "Parent",
    "brand": "Brands",
}
for _number in range(1, len(OPTIONS) + 1):
    HEADERS[f"attribute{_number}_name"] = f"Attribute {_number} name"
    HEADERS[f"attribute{_number}_value"] = f"Attribute {_number} value(s)"


def write(request: ExportRequest) -> Iterator[bytes]:
    """Yield the file in pieces; texts are safe in a spreadsheet.

    One query per batch of products, and one per GROUPS groups that begin in it.
    Memory: a few words for each group, and the variants of GROUPS at a time.
    """
    fields = [field for field in HEADERS if field != "cost" or request.with_cost]
    rows = ([cells.get(field, "") for field in fields] for cells in _records(request))
    for piece in write_csv([HEADERS[field] for field in fields], rows):
        yield piece.encode()


def _records(request: ExportRequest) -> Iterator[Cells]:
    paths = CategoryPaths()
    families: dict[int, Family] = {}
    for batch in product_batches(request.products):
        waiting: dict[int, Cells] = {}
        for group, variants in _new_groups(batch, families):
            waiting[group.pk], families[group.pk] = variable_product(
                group, variants, paths
            )
        for product in batch:
            if product.group_id in waiting:
                yield waiting.pop(product.group_id)
            cells = _cells(product, paths)
            if product.group_id is not None:
                families[product.group_id].complete(cells, product)
            yield cells


def _new_groups(
    batch: list[Product], known: dict[int, Family]
) -> Iterator[tuple[ProductGroup, list[Product]]]:
    """Yield the groups that begin in `batch`, with all their variants.

    Those that are not in the file count too: WooCommerce would take their values from
    the variable product.
    """
    groups = {
        product.group.pk: product.group
        for product in batch
        if product.group is not None and product.group.pk not in known
    }
    keys = list(groups)
    for start in range(0, len(keys), GROUPS):
        variants: dict[int | None, list[Product]] = defaultdict(list)
        found = Product.objects.filter(group__in=keys[start : start + GROUPS])
        rows = found.select_related("brand").defer("search_text").order_by("pk")
        for variant in rows:
            variants[variant.group_id].append(variant)
        for pk in keys[start : start + GROUPS]:
            yield groups[pk], variants[pk]


def _cells(product: Product, paths: CategoryPaths) -> Cells:
    """Return the cells of a simple product."""
    cells = shared_cells(product, paths)
    cells.update(
        type="simple",
        sku=escape_code(product.sku),
        barcode=escape_code(product.barcode or ""),
        name=escape_formula(product.name),
        status=PUBLISHED.get(product.status, ""),
        on_hand=str(product.on_hand),
    )
    if product.price is not None:
        cells["price"] = str(product.price)
    if product.cost is not None:
        cells["cost"] = f"{product.cost.normalize():f}"
    if product.weight is not None:
        cells["weight"] = f"{(product.weight / GRAMS['kg']).normalize():f}"
    if product.reorder_point is not None:
        cells["reorder_point"] = str(product.reorder_point)
    return cells
