"""A product as JSON and back: what the audit trail keeps."""

from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import DateTimeField, DecimalField
from django.utils.dateparse import parse_datetime

from products.errors import Unreadable
from products.models import Brand, Category, Product, ProductGroup

RELATED: dict[str, type[Category] | type[Brand] | type[ProductGroup]] = {
    "category": Category,
    "brand": Brand,
    "group": ProductGroup,
}
PLAIN = (
    "sku",
    "name",
    "description",
    "option1",
    "option2",
    "option3",
    "barcode",
    "price",
    "cost",
    "weight",
    "image",
    "image_url",
    "tags",
    "supplier_name",
    "status",
    "reorder_point",
    "reorder_quantity",
)
EDITABLE = (*RELATED, *PLAIN)
"""The fields a person or a file may change; each change of one is in the trail."""
KEPT = ("version", "created_at", "updated_at")

Snapshot = dict[str, Any]


def field_as_json(product: Product, name: str) -> Any:
    """Return one field as JSON holds it; a relation as {"id", "label"} or None.

    A relation that is not loaded costs a query: use select_related("category",
    "brand", "group") for many. Raises Unreadable for one of KEPT that is damaged.
    """
    value = getattr(product, name)
    if name == "version":
        return int(value)  # refuses what can't be read; JSON would fail on it
    if value is None and name in KEPT:  # a time that is none; nothing could restore it
        raise Unreadable(str(product._meta.verbose_name), field_label(name), product.pk)
    if value is None:
        return None
    if name in RELATED:
        return {"id": value.pk, "label": str(value)}
    kind = _kind(name)
    if isinstance(kind, Decimal):
        return str(Decimal(value).quantize(kind))
    if kind is DateTimeField:
        return value.isoformat()
    return value.name if name == "image" else value


@cache
def _kind(name: str) -> Decimal | type | None:
    """Return the last place of a decimal field, or what else needs another form."""
    field = Product._meta.get_field(name)
    if isinstance(field, DecimalField):
        return Decimal(1).scaleb(-field.decimal_places)
    return DateTimeField if isinstance(field, DateTimeField) else None


def field_label(name: str) -> str:
    """Return what people call the field: "order quantity"."""
    return str(getattr(Product._meta.get_field(name), "verbose_name", name))


def snapshot(product: Product) -> Snapshot:
    """Return the whole record, enough to bring the product back."""
    return {name: field_as_json(product, name) for name in (*EDITABLE, *KEPT)}


def changed_fields(product: Product, before: Snapshot) -> list[str]:
    """Return the names of the editable fields whose value differs from `before`."""
    return [name for name in EDITABLE if field_as_json(product, name) != before[name]]


def set_from_json(product: Product, name: str, value: Any) -> None:
    """Set one field of `product` from its JSON form; the row is not saved."""
    if name in RELATED:
        setattr(product, f"{name}_id", value["id"] if value else None)
        return
    field = Product._meta.get_field(name)
    if value is not None and isinstance(field, DecimalField):
        value = Decimal(value)
    elif value is not None and isinstance(field, DateTimeField):
        value = parse_datetime(value)
    setattr(product, name, value)


def product_from(record: Snapshot, pk: int) -> Product:
    """Return an unsaved product with the id and the fields of a whole record."""
    product = Product(pk=pk)
    for name in (*EDITABLE, *KEPT):
        set_from_json(product, name, record[name])
    return product
