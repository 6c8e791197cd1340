"""A product as a row of a list: the columns that are shown, and no others."""

from django.db.models import OuterRef, Subquery

from products.models import StockLevel
from products.models.product_queries import ProductQuerySet
from products.reports.stored import as_stored

COLUMNS = (
    "name",
    "sku",
    "image",
    "status",
    "stock_status",
    "on_hand",
    "reserved",
    "in_transit",
    "available",
    "reorder_point",
    "option1",
    "option2",
    "option3",
    "category__name",
    "category__icon",
)


def as_rows(
    products: ProductQuerySet, *, shelf_at: int | None = None
) -> ProductQuerySet:
    """Return `products` with their category, and the price as `shown_price`.

    The price is read as it is stored (see `stored`), so that a spoilt one spoils its
    own cell; nothing else of a row needs a conversion that can fail. With `shelf_at`,
    the id of a location, `shelf` is where they stand there.
    """
    rows = products.select_related("category").only(*COLUMNS)
    rows = rows.annotate(shown_price=as_stored("price"))
    if shelf_at is None:
        return rows
    here = StockLevel.objects.filter(product=OuterRef("pk"), location=shelf_at)
    return rows.annotate(shelf=Subquery(here.values("shelf")))
