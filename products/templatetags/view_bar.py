"""The tabs of saved views above the filters of the list, drawn by stencils."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext

from products.forms.list_tabs import Tab, ViewBar
from products.templatetags.drawing import Stencil

register = template.Library()

TAB = Stencil(
    "products/dashboard/view_tab.html",
    values=("url", "name"),
    choices=("is_current", "is_in_menu"),
)
BAR = Stencil(
    "products/dashboard/view_bar.html",
    values=("tabs", "more", "everything", "query", "pk", "name", "lost", "csrf_token"),
    choices=("place", "is_start", "is_changed", "can_save", "has_start"),
)


@register.simple_tag(takes_context=True)
def view_bar(context: template.Context, bar: ViewBar) -> SafeString:
    """Draw the tabs, and what can be done with the view that is open."""
    view = bar.open
    values = (
        _tabs(bar.tabs),
        _tabs(bar.more, is_in_menu=True),
        bar.everything,
        bar.query,
        view.pk if view else None,
        view.name if view else None,
        str(get_text_list(bar.lost, gettext("and"))) if bar.lost else "",
        str(context.get("csrf_token", "")),
    )
    is_start = bool(view and view.start_of)
    choices = (bar.place, is_start, bar.is_changed, bar.can_save, bar.has_start)
    return BAR.fill([(values, choices)])


def _tabs(tabs: Iterable[Tab], *, is_in_menu: bool = False) -> SafeString:
    return TAB.fill(((tab.url, tab.name), (tab.is_current, is_in_menu)) for tab in tabs)
