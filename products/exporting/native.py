"""Our own CSV, for spreadsheets and for importing again; see docs/import-format.md.

What comes back unchanged changes nothing.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from products.exporting.products import ExportRequest, product_batches
from products.models import Location, Product
from products.services.references import CategoryPaths
from products.tabular.own_csv import COLUMNS, STOCK_AT, join_path
from products.tabular.writing import escape_formula, write_csv


def write(request: ExportRequest) -> Iterator[bytes]:
    """Yield the file in pieces: the products with their stock.

    Three queries, and two per batch of products. Without `with_cost` there is no cost
    column, so that importing the file leaves costs alone.
    """
    locations = list(Location.objects.stocked())
    fields = [
        field
        for field in COLUMNS
        if field != "on_hand" and (request.with_cost or field != "cost")
    ]
    header = [COLUMNS[field] for field in fields] + _stock_headers(locations)
    for piece in write_csv(header, _rows(request, fields, locations)):
        yield piece.encode()


def _stock_headers(locations: list[Location]) -> list[str]:
    """Return one column per location; a shop with one never sees the word."""
    if len(locations) == 1:
        return [COLUMNS["on_hand"]]
    return [f"{STOCK_AT}{location.code}" for location in locations]


def _rows(
    request: ExportRequest, fields: list[str], locations: list[Location]
) -> Iterator[list[str]]:
    categories = CategoryPaths()
    for product in chain.from_iterable(product_batches(request.products)):
        cells = _cells(product, categories)
        stock = {level.location_id: level.on_hand for level in product.levels.all()}
        yield [
            *(cells[field] for field in fields),
            *(str(stock.get(location.pk, 0)) for location in locations),
        ]


def _cells(product: Product, categories: CategoryPaths) -> dict[str, str]:
    """Return field -> cell; texts are safe in a spreadsheet, numbers stay numbers."""
    group = product.group
    texts = {
        "sku": product.sku,
        "name": product.name,
        "description": product.description,
        "category": join_path(categories.path_of(product.category_id)),
        "brand": product.brand.name if product.brand else "",
        "supplier_name": product.supplier_name,
        "barcode": product.barcode or "",
        "status": product.status,
        "tags": product.tags,
        "image_url": product.image_url,
        "group_handle": group.handle if group else "",
        "group_name": group.name if group else "",
        "option1_name": group.option1_name if group else "",
        "option1": product.option1,
        "option2_name": group.option2_name if group else "",
        "option2": product.option2,
        "option3_name": group.option3_name if group else "",
        "option3": product.option3,
    }
    return {
        **{field: escape_formula(text) for field, text in texts.items()},
        "price": "" if product.price is None else str(product.price),
        "cost": _plain(product.cost),
        "weight": _plain(product.weight),
        "reorder_point": _count(product.reorder_point),
        "reorder_quantity": _count(product.reorder_quantity),
    }


def _plain(number: Decimal | None) -> str:
    """Return `number` without the zeros its column adds at the end."""
    return "" if number is None else f"{number.normalize():f}"


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
