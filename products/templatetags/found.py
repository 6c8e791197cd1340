"""How many products a list shows, in words."""

from django import template
from django.utils.translation import gettext, ngettext

from products.reports.product_counts import Found
from products.templatetags.inventory import quantity

register = template.Library()


@register.filter
def found_words(found: Found | None) -> str:
    """Return “1,234 products”, or “10,000+ products”; "" where nobody has counted."""
    if found is None:
        return ""
    number = quantity(found.number)
    if found.is_more:
        return gettext("%(number)s+ products") % {"number": number}
    words = ngettext("%(number)s product", "%(number)s products", found.number)
    return words % {"number": number}


@register.filter
def found_said(found: Found | None) -> str:
    """Return how many a search or a filter found, as a screen reader says it."""
    if found is None:
        return gettext("More than one page of products found")
    number = quantity(found.number)
    if found.is_more:
        return gettext("More than %(number)s products found") % {"number": number}
    words = ngettext(
        "%(number)s product found", "%(number)s products found", found.number
    )
    return words % {"number": number}
