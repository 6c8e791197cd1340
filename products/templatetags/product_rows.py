"""The rows of the list of products, drawn by a stencil."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from products.models import Product
from products.templatetags.inventory import gauge, money, quantity, shown_status
from products.templatetags.stencils import Stencil, granted_in

register = template.Library()

ROW = Stencil(
    "products/dashboard/row.html",
    values=(
        "product.pk",
        "product.name",
        "product.sku",
        "product.thumb_url",
        "product.shelf",
        "product.category.name",
        "product.category.icon",
        "price",
        "available",
        "held",
        "in_transit",
        "width",
    ),
    choices=("product.status", "state", "is_low", "has_actions", "has_menu"),
)


@register.simple_tag(takes_context=True)
def product_rows(context: template.Context, products: Iterable[Product]) -> SafeString:
    """Draw `products` as rows; see reports/listing.py for what is read of them."""
    shown = (bool(context.get("has_actions")), bool(context.get("has_menu")))
    rows = (_row(product, shown) for product in products)
    return ROW.fill(rows, granted_in(context))


def _row(product: Any, shown: tuple[bool, bool]) -> tuple[tuple[Any, ...], Any]:
    bar = gauge(product.available, product.reorder_point)
    category = product.category
    values = (
        product.pk,
        product.name,
        product.sku,
        product.thumb_url,
        product.shelf if hasattr(product, "shelf") else "",
        category.name if category else "",
        category.icon if category else "",
        money(product.shown_price),
        quantity(product.available),
        _if_any(product.reserved),
        _if_any(product.in_transit),
        bar["width"],
    )
    is_low = bar.get("is_low", False)
    return values, (product.status, shown_status(product), is_low, *shown)


def _if_any(count: object) -> str:
    """Return a count above zero in words; nothing for any other value."""
    return quantity(count) if isinstance(count, int) and count > 0 else ""
