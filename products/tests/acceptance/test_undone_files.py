"""Every catalogue file: imported and undone, the shop is what it was, row by row.

Once into an empty shop, and once over a catalogue that people have changed, where the
stock of existing products is set too.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from products.models import Operation, Product
from products.reports.stock_check import check_stock
from products.tests.acceptance.files import (
    FOLDER,
    import_file,
    needs_files,
)
from products.tests.factories import adjust, receive
from products.tests.undoing import edit, shop_rows, undo

ENDINGS = {".csv", ".xlsx"}
# Sales, lists without products of their own, and stock of products that must be there.
NO_CATALOGUE = {"categories", "order-details", "orders", "suppliers", "inventory"}
# Its lists of stock would make a location, which the ledger keeps.
BAGISTO = {name: name for name in ("sku", "name", "price", "cost", "weight")} | {
    "inventories": ""
}
MAPPINGS = {
    "northwind": {
        "productID": "sku",
        "productName": "name",
        "unitPrice": "price",
        "unitsInStock": "on_hand",
        "reorderLevel": "reorder_point",
    },
    "csv_bagisto": BAGISTO,
    "xlsx_bagisto": BAGISTO,
}
EVERY = 3  # how many products are skipped between two that people changed


def _files() -> Iterator[Path]:
    """Yield every catalogue that is small enough to be imported six times."""
    for path in sorted(FOLDER.glob("*/*")):
        is_read = path.suffix in ENDINGS and path.stem not in NO_CATALOGUE
        if is_read and "uci_" not in path.parent.name:
            yield path


FILES = list(_files()) or [Path("missing")]
IDS = [f"{path.parent.name}-{path.stem}" for path in FILES]

pytestmark = [pytest.mark.django_db, needs_files]


def imported_file(path: Path, *, sets_stock: bool = False) -> Operation:
    mapping = MAPPINGS.get(path.parent.name, {})
    outcome = import_file(path, sets_stock=sets_stock, mapping=mapping)
    assert outcome.run.operation
    return outcome.run.operation


def change_some() -> None:
    """Sell, receive, rename and reprice, so that the file differs from the shop."""
    products = list(Product.objects.order_by("pk"))
    for number, product in enumerate(products[::EVERY]):
        if product.on_hand > 1:
            adjust(product, -1, kind="sold")
        if number % 2:
            receive(product, 7, cost="1.25")
        edit(product, name=f"{product.name[:200]}, changed", price=Decimal("0.01"))
    for product in products[1 :: EVERY * 2]:
        edit(product, category=None, brand=None, cost=Decimal(2), tags="changed")


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_into_an_empty_shop(path: Path) -> None:
    empty = shop_rows()
    operation = imported_file(path)
    full = shop_rows()
    undoing = undo(operation)
    assert shop_rows() == empty
    assert check_stock().ok
    assert undoing.import_undo.kept_count == undoing.import_undo.impossible_count == 0
    again = undo(undoing)
    assert shop_rows() == full
    assert check_stock().ok
    undo(again)
    assert shop_rows() == empty


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_over_a_catalogue_that_changed(path: Path) -> None:
    imported_file(path)
    change_some()
    before = shop_rows()
    operation = imported_file(path, sets_stock=True)
    after = shop_rows()
    assert after != before
    undoing = undo(operation)
    assert shop_rows() == before
    assert check_stock().ok
    undo(undoing)
    assert shop_rows() == after
    assert check_stock().ok
