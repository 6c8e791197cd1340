"""The list of products: its head, its rows and its menu of columns, by stencils.

There is a stencil of a row for each set of columns that somebody has chosen, so that
nobody pays for what others see.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from products.icons import icon_sign
from products.models.stored import to_moment
from products.reports.list_columns import USUAL, Columns, are_many, named_in
from products.reports.listing import ListedProduct
from products.templatetags.drawing import Stencil, granted_in
from products.templatetags.inventory import gauge, shown_status, write_known
from products.templatetags.numbers import amount_writer, number_writer

register = template.Library()

HEAD = Stencil(
    "products/dashboard/list_head.html",
    choices=("columns", "can_select", "has_actions"),
)
MENU = Stencil(
    "products/dashboard/columns_menu.html",
    values=("query", "name", "csrf_token"),
    choices=("columns",),
)
SHOWN = ("can_select", "has_actions", "has_menu")
NONE = "–"

Write = Callable[[ListedProduct], object]


@lru_cache(maxsize=100)
def row_stencil(columns: Columns) -> Stencil:
    """Return the stencil of a row with these columns."""
    return Stencil(
        "products/dashboard/row.html",
        values=(
            *("product.pk", "product.name", "product.sku", "product.thumb_url"),
            *("product.shelf", "product.category.name", "product.category.icon_sign"),
            *("price", "available", "held", "in_transit", "width"),
            *(f"further.{name}" for name in columns if name not in USUAL),
        ),
        choices=("product.status", "state", "is_low", *SHOWN, "columns"),
    )


@register.simple_tag(takes_context=True)
def product_rows(
    context: template.Context, products: Iterable[ListedProduct]
) -> SafeString:
    """Draw `products` as rows; see reports/listing.py for what is read of them."""
    columns: Columns = context.get("columns") or USUAL
    shown = tuple(bool(context.get(name)) for name in SHOWN)
    rows = _rows(products, (*shown, named_in(columns)), columns)
    return row_stencil(columns).fill(rows, granted_in(context))


@register.simple_tag(takes_context=True)
def list_head(context: template.Context) -> SafeString:
    """Draw the words over the columns."""
    columns = named_in(context.get("columns") or USUAL)
    can_select, has_actions = (
        bool(context.get(name)) for name in ("can_select", "has_actions")
    )
    return HEAD.fill([((), (columns, can_select, has_actions))])


@register.simple_tag(takes_context=True)
def columns_menu(context: template.Context) -> SafeString:
    """Draw the menu in which the columns of the open view are chosen."""
    bar = context["view_bar"]
    values = (
        bar.query,
        bar.open.name if bar.open else None,
        str(context.get("csrf_token", "")),
    )
    columns = named_in(context.get("columns") or USUAL)
    return MENU.fill([(values, (columns,))], granted_in(context))


@register.filter
def list_class(columns: Columns) -> str:
    """Return what the list is to know of its columns to find room for them."""
    if are_many(columns):
        return " has-many"
    return "" if set(columns) <= set(USUAL) else " has-further"


def _rows(
    products: Iterable[ListedProduct], shown: tuple[Any, ...], columns: Columns
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    write, write_price = number_writer(), amount_writer("0.00")
    writers = _writers()
    further = [writers[name] for name in columns if name not in USUAL]
    # What has a column of its own is not said beside another one.
    of_held, of_coming = "held" not in columns, "in_transit" not in columns
    of_shelf = "shelf" not in columns
    for product in products:
        held, coming = product.reserved, product.in_transit
        bar = gauge(product.available, product.reorder_point)
        values = (
            product.pk,
            product.name,
            product.sku,
            product.thumb_url,
            product.shelf if of_shelf else "",
            product.category_name,
            icon_sign(product.category_icon),
            write_known(product.shown_price, write_price),
            write_known(product.available, write),
            write_known(held, write) if of_held and _is_any(held) else "",
            write_known(coming, write) if of_coming and _is_any(coming) else "",
            bar["width"],
            *(one(product) for one in further),
        )
        is_low = bar.get("is_low", False)
        yield values, (product.status, shown_status(product), is_low, *shown)


def _writers() -> dict[str, Write]:
    """Return what each further column shows of a product."""
    write, write_price = number_writer(), amount_writer("0.00")
    return {
        "brand": lambda product: product.further["brand"] or NONE,
        "supplier": lambda product: product.further["supplier"] or NONE,
        "barcode": lambda product: product.further["barcode"] or NONE,
        "shelf": lambda product: product.shelf or NONE,
        "cost": lambda product: write_known(product.further["cost"], write_price),
        "on_hand": lambda product: write_known(product.further["on_hand"], write),
        "held": lambda product: write_known(product.reserved, write),
        "in_transit": lambda product: write_known(product.in_transit, write),
        "reorder_point": lambda product: write_known(product.reorder_point, write),
        "updated": lambda product: _day(product.further["updated"]),
    }


def _day(stored: object) -> str:
    moment = to_moment(stored)
    return date_format(timezone.localtime(moment), "j M Y") if moment else NONE


def _is_any(count: object) -> bool:
    """Tell whether something is there; a spoilt value is nothing."""
    return isinstance(count, int) and count > 0
