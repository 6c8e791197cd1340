"""The shop in numbers on top of the list of products, drawn by a stencil."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
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
        "as_of",
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
        _time(figures.as_of),
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


def _time(moment: datetime | None) -> str:
    """A time of today as "14:05", another with its day."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return date_format(local, "H:i" if is_today else "j F Y, H:i")
