"""The shop in numbers on top of the list of products, drawn by a stencil."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from products.reports.figures import Figures
from products.templatetags.drawing import Stencil, granted_in
from products.templatetags.inventory import figure_size, money_whole, quantity

register = template.Library()

FIGURES = Stencil(
    "products/dashboard/figures.html",
    values=(
        *("units", "units_size", "units_note"),
        *("value", "value_size", "without_cost"),
        *("skus", "skus_size", "skus_note"),
        *("low", "low_size", "out", "out_size"),
    ),
)


@register.simple_tag(takes_context=True)
def product_figures(context: template.Context, figures: Figures) -> SafeString:
    """Draw the figures, each with the way to the list behind it."""
    units, skus, low, out = (
        quantity(count)
        for count in (figures.units, figures.skus, figures.low, figures.out)
    )
    value = money_whole(figures.value)
    values = (
        *(units, figure_size(units), _of_skus(figures.stocked)),
        *(value, figure_size(value), _without_cost(figures.without_cost)),
        *(skus, figure_size(skus), _active(figures.active)),
        *(low, figure_size(low), out, figure_size(out)),
    )
    return FIGURES.fill([(values, ())], granted_in(context))


def _of_skus(count: int) -> str:
    words = ngettext("of %(number)s SKU", "of %(number)s SKUs", count)
    return words % {"number": quantity(count)}


def _without_cost(count: int) -> str:
    if not count:
        return ""
    words = ngettext("%(number)s without cost", "%(number)s without cost", count)
    return words % {"number": quantity(count)}


def _active(count: int) -> str:
    return gettext("%(number)s active") % {"number": quantity(count)}
