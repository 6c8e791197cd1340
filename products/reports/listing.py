"""A product as a row of a list: the columns that are shown, and no others."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value

from inventory_site.statements import Prepared
from products.models import Product, StockLevel
from products.models.pictures import thumb_name
from products.models.product_queries import ProductQuerySet
from products.models.stored import as_stored, as_text_or_time

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


SHOWN = (
    *("pk", "name", "sku", "image", "status", "stock_status"),
    *("reserved", "in_transit", "available", "reorder_point", "shown_price"),
    *("category__name", "category__icon", "shelf"),
)
# What a further column of the list reads besides.
FURTHER = {
    "brand": "brand__name",
    "supplier": "supplier_name",
    "barcode": "barcode",
    "cost": "shown_cost",
    "on_hand": "on_hand",
    "updated": "shown_updated",
}
NOTHING: Mapping[str, Any] = MappingProxyType({})
_storage = Product._meta.get_field("image").storage


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """A product as the list shows it; figures and price as they are stored.

    A model instance would cost a page as much as everything else in it.
    """

    further: Mapping[str, Any]  # what some columns need besides, by their names
    pk: int
    name: str
    sku: str
    image: str
    status: str
    stock_status: str
    reserved: object
    in_transit: object
    available: object
    reorder_point: object
    shown_price: object
    category_name: str | None
    category_icon: str | None
    shelf: str | None

    @property
    def thumb_url(self) -> str:
        """As of a product."""
        return _storage.url(thumb_name(self.image)) if self.image else ""


def list_products(
    ids: Collection[int], *, shelf_at: int | None, columns: Iterable[str] = ()
) -> dict[int, ListedProduct]:
    """Return these products by id, those that are there; one query if any.

    With `shelf_at`, the id of a location, `shelf` is where they stand there. What some
    of `columns` need besides is read for them alone, as `further`.
    """
    names = tuple(name for name in columns if name in FURTHER)
    given = ids if shelf_at is None else (shelf_at, *ids)
    listed = _listed(names, has_shelf=shelf_at is not None)
    rows = listed.rows(*given) if ids else ()
    if not names:
        return {row[0]: ListedProduct(NOTHING, *row) for row in rows}
    own = len(SHOWN)
    return {
        row[0]: ListedProduct(dict(zip(names, row[own:], strict=True)), *row[:own])
        for row in rows
    }


@lru_cache(maxsize=100)
def _listed(names: tuple[str, ...], *, has_shelf: bool) -> Prepared:
    """Return the question for products with these further columns.

    With `has_shelf` it is given the location before the ids.
    """

    def make(*given: int) -> "QuerySet[Product, Any]":
        shelf_at, ids = (given[0], given[1:]) if has_shelf else (None, given)
        rows = as_rows(Product.objects.filter(pk__in=ids), shelf_at=shelf_at)
        if not has_shelf:
            rows = rows.annotate(shelf=Value(None, output_field=TextField()))
        if "cost" in names:
            rows = rows.annotate(shown_cost=as_stored("cost"))
        if "updated" in names:
            rows = rows.annotate(shown_updated=as_text_or_time("updated_at"))
        shown = (*SHOWN, *(FURTHER[name] for name in names))
        return rows.order_by().values_list(*shown)

    return Prepared(make)


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
