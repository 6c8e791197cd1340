"""What needs somebody today, as a row of links; each is drawn by a stencil."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from products.reports.needs import MOST, Kind, Need
from products.templatetags.drawing import Stencil
from products.templatetags.inventory import quantity

register = template.Library()

NEED = Stencil(
    "products/dashboard/need.html", values=("url", "words"), choices=("kind", "is_late")
)
NEEDS = Stencil("products/dashboard/needs.html", values=("links",))
ONE = {
    Kind.COUNT: "products:stocktake_detail",
    Kind.TRANSFER: "products:transfer_detail",
    Kind.REFUSED: "products:import_detail",
    Kind.PREVIEW: "products:import_detail",
}
SEVERAL = {
    Kind.OUT: ("products:dashboard", "?stock=out"),
    Kind.LOW: ("products:dashboard", "?stock=low"),
    Kind.COUNT: ("products:stocktake_list", ""),
    Kind.TRANSFER: ("products:transfer_list", "?state=way"),
    Kind.REFUSED: ("products:import_list", ""),
    Kind.PREVIEW: ("products:import_list", ""),
    Kind.HOLD: ("products:hold_list", ""),
}
EXACT = {Kind.OUT, Kind.LOW, Kind.REFUSED}


@register.simple_tag
def needs_today(needs: Iterable[Need]) -> SafeString:
    """Draw the links; nothing where nothing needs anybody."""
    where = get_language(), get_script_prefix()
    rows = [(_shown(need, *where), (need.kind, need.is_late)) for need in needs]
    return NEEDS.fill([((NEED.fill(rows),), ())]) if rows else SafeString()


# The same needs stand on one page after the other.
@lru_cache(maxsize=256)
def _shown(need: Need, _language: str | None, _prefix: str) -> tuple[str, SafeString]:
    return _url(need), _words(need)


def _url(need: Need) -> str:
    if need.pk is not None and need.kind in ONE:
        query = "?show=refused" if need.kind == Kind.REFUSED else ""
        return reverse(ONE[need.kind], args=[need.pk]) + query
    name, query = SEVERAL[need.kind]
    return reverse(name) + query


def _words(need: Need) -> SafeString:
    """Return the words with their number in bold; names in them are escaped."""
    is_cut = need.number > MOST and need.kind not in EXACT
    number = quantity(MOST if is_cut else need.number)
    shown = format_html("<b>{}{}</b>", number, "+" if is_cut else "")
    words = _sentence(need) % {"number": shown, "who": conditional_escape(need.who)}
    return mark_safe(words)  # noqa: S308  (our own words, both parts escaped)


def _sentence(need: Need) -> str:
    count = need.number
    if need.kind == Kind.COUNT and need.who:
        return ngettext(
            "%(number)s count open, by %(who)s",
            "%(number)s counts open, by %(who)s",
            count,
        )
    if need.kind == Kind.TRANSFER and need.is_late:
        return ngettext(
            "%(number)s transfer to receive, sent over a week ago",
            "%(number)s transfers to receive, some sent over a week ago",
            count,
        )
    return {
        Kind.OUT: gettext("%(number)s out"),
        Kind.LOW: gettext("%(number)s low"),
        Kind.COUNT: ngettext("%(number)s count open", "%(number)s counts open", count),
        Kind.TRANSFER: ngettext(
            "%(number)s transfer to receive", "%(number)s transfers to receive", count
        ),
        Kind.REFUSED: ngettext(
            "%(number)s refused row", "%(number)s refused rows", count
        ),
        Kind.PREVIEW: ngettext(
            "%(number)s import to look at", "%(number)s imports to look at", count
        ),
        Kind.HOLD: ngettext(
            "%(number)s hold ends within a day",
            "%(number)s holds end within a day",
            count,
        ),
    }[need.kind]
