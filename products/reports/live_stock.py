"""A product's stock at this moment: a hold counts until its minute.

What is stored on the product may be a minute behind: see `services.expiry`.
"""

from dataclasses import dataclass

from products.models import Product
from products.models.stored import to_count

StockStatus = Product.StockStatus


@dataclass(frozen=True, slots=True)
class LiveStock:
    """Figures in base units; what is stored, where that is no number.

    `status` and `stock_status` are the product's, for its badge.
    """

    on_hand: object
    held: object
    available: object
    in_transit: object
    status: str
    stock_status: str


def live_stock(product: Product, freed: int) -> LiveStock:
    """Return the stock of a product of which `freed` units are held no more."""
    held, available = to_count(product.reserved), to_count(product.available)
    if not freed or held is None or available is None:
        return LiveStock(
            product.on_hand,
            product.reserved,
            product.available,
            product.in_transit,
            product.status,
            product.stock_status,
        )
    now = available + freed
    return LiveStock(
        product.on_hand,
        held - freed,
        now,
        product.in_transit,
        product.status,
        _stock_status(now, to_count(product.reorder_point)),
    )


def _stock_status(available: int, reorder_point: int | None) -> str:
    """Return what the database makes of it; see `Product.stock_status`."""
    if available <= 0:
        return StockStatus.OUT
    is_low = reorder_point is not None and available <= reorder_point
    return StockStatus.LOW if is_low else StockStatus.IN_STOCK
