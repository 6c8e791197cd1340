"""Fill an empty shop with any number of synthetic products, in batches."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.demo.loading import Loaded, Progress, ignore_progress, refuse_unless_empty
from products.demo.synthetic import (
    BRANDS,
    SUBCATEGORIES,
    SyntheticProduct,
    synthetic_products,
)
from products.fields import fold_key
from products.models import Category, Location, Operation, Product, StockMovement
from products.services.catalogue import Opening, add_products_in_bulk
from products.services.ledger import post
from products.services.lines import Line
from products.services.operations import Author, Circumstances, start_operation
from products.services.references import CategoryPaths, ensure_brands

BATCH = 5_000  # products in one transaction
AUTHOR = Author.for_command("load_demo")


def load_synthetic(count: int, *, progress: Progress = ignore_progress) -> Loaded:
    """Make `count` synthetic products with two movements each on average.

    A transaction for each BATCH, so an interrupted run leaves whole batches. The stock
    came an hour ago and was sold now. Raises ShopNotEmpty.
    """
    refuse_unless_empty()
    warehouse = _Warehouse()
    for first in range(0, count, BATCH):
        size = min(BATCH, count - first)
        warehouse.stock(list(synthetic_products(first, size)))
        progress(_("Products"), first + size, count)
    return Loaded.count()


class _Warehouse:
    """What every batch refers to, looked up once."""

    def __init__(self) -> None:
        tree = CategoryPaths()
        tree.ensure(SUBCATEGORIES)
        self._categories: dict[tuple[str, str], Category | None] = {
            path: tree.find(path) for path in SUBCATEGORIES
        }
        self._brands, _made = ensure_brands(BRANDS)
        self._location_id = Location.objects.get_default().pk

    @transaction.atomic
    def stock(self, rows: Sequence[SyntheticProduct]) -> None:
        """Store one batch: the products with their opening stock, then the sales."""
        now = timezone.now()
        added = Circumstances(author=AUTHOR, now=now - timedelta(hours=1))
        operation, _new = start_operation(Operation.Kind.PRODUCT_ADDED, added)
        products = [self._product(row) for row in rows]
        add_products_in_bulk(
            operation=operation,
            products=products,
            openings={
                position: [Opening(row.opening, self._location_id)]
                for position, row in enumerate(rows)
            },
            circumstances=added,
        )
        self._sell(rows, products, now)

    def _sell(
        self, rows: Sequence[SyntheticProduct], products: list[Product], now: datetime
    ) -> None:
        sold = Circumstances(author=AUTHOR, now=now)
        operation, _new = start_operation(Operation.Kind.STOCK_ISSUED, sold)
        lines = [
            Line(
                product.pk,
                self._location_id,
                StockMovement.Kind.SOLD,
                delta=-quantity,
            )
            for row, product in zip(rows, products, strict=True)
            for quantity in row.sold
        ]
        post(operation, lines, now=now)

    def _product(self, row: SyntheticProduct) -> Product:
        return Product(
            sku=row.sku,
            name=row.name,
            category=self._categories[row.category],
            brand=self._brands[fold_key(row.brand)],
            barcode=row.barcode,
            price=row.price,
            cost=row.cost,
            weight=row.weight,
            reorder_point=row.reorder_point,
        )
