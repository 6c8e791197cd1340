"""The rows of the list of products, drawn by a stencil."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString

from products.reports.listing import ListedProduct
from products.templatetags.drawing import Stencil, granted_in
from products.templatetags.inventory import gauge, shown_status, write_known
from products.templatetags.numbers import amount_writer, number_writer

register = template.Library()

ROW = Stencil(
    "products/dashboard/row.html",
    values=(
        *("product.pk", "product.name", "product.sku", "product.thumb_url"),
        *("product.shelf", "product.category.name", "product.category.icon"),
        *("price", "available", "held", "in_transit", "width"),
    ),
    choices=("product.status", "state", "is_low", "has_actions", "has_menu"),
)


@register.simple_tag(takes_context=True)
def product_rows(
    context: template.Context, products: Iterable[ListedProduct]
) -> SafeString:
    """Draw `products` as rows; see reports/listing.py for what is read of them."""
    shown = (bool(context.get("has_actions")), bool(context.get("has_menu")))
    return ROW.fill(_rows(products, shown), granted_in(context))


def _rows(
    products: Iterable[ListedProduct], shown: tuple[bool, bool]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    write, write_price = number_writer(), amount_writer("0.00")
    for product in products:
        held, coming = product.reserved, product.in_transit
        bar = gauge(product.available, product.reorder_point)
        values = (
            product.pk,
            product.name,
            product.sku,
            product.thumb_url,
            product.shelf,
            product.category_name,
            product.category_icon,
            write_known(product.shown_price, write_price),
            write_known(product.available, write),
            write_known(held, write) if _is_any(held) else "",
            write_known(coming, write) if _is_any(coming) else "",
            bar["width"],
        )
        is_low = bar.get("is_low", False)
        yield values, (product.status, shown_status(product), is_low, *shown)


def _is_any(count: object) -> bool:
    """Tell whether something is there; a spoilt value is nothing."""
    return isinstance(count, int) and count > 0
