"""The shop in numbers on top of the list of products, drawn by a stencil."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from products.reports.figures import Day, Figures
from products.templatetags.drawing import Stencil, granted_in
from products.templatetags.inventory import figure_size, money_whole, quantity
from products.templatetags.sparks import spark

register = template.Library()

SPARKS = ("units", "value", "skus", "low", "out")
FIGURES = Stencil(
    "products/dashboard/figures.html",
    values=(
        *("units", "units_size", "units_note"),
        *("value", "value_size", "without_cost"),
        *("skus", "skus_size", "skus_note"),
        *("low", "low_size", "out", "out_size"),
        *(
            f"{name}_spark.{part}"
            for name in SPARKS
            for part in ("line", "area", "words")
        ),
        "as_of",
    ),
)


@register.simple_tag(takes_context=True)
def product_figures(
    context: template.Context, figures: Figures, days: Sequence[Day]
) -> SafeString:
    """Draw the figures, each with the way to the list behind it and its last days."""
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
        *_sparks(figures, tuple(days), timezone.localdate(), get_language()),
        _time(figures.as_of),
    )
    return FIGURES.fill([(values, ())], granted_in(context))


# Few figures change from one page to the next, and past days never do.
@lru_cache(maxsize=16)
def _sparks(
    figures: Figures, days: tuple[Day, ...], today: date, _language: str | None
) -> list[str]:
    drawn: list[str] = []
    for name in SPARKS:
        write = money_whole if name == "value" else quantity
        found = spark(days, getattr(figures, name), attrgetter(name), write, today)
        drawn += (found.line, found.area, found.words)
    return drawn


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
