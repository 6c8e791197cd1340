"""How numbers, states and messages are written on a page.

Every filter takes what a template may hand it, `None` and a spoilt value too: such
a value shows as unknown, so that it spoils one cell and not the page.
"""

import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from html import unescape
from typing import Protocol

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from products.templatetags.numbers import Writer, amount_writer, number_writer

register = template.Library()

FLASH_ICONS = {
    "success": "check-circle-fill",
    "warning": "exclamation-triangle-fill",
    "danger": "exclamation-octagon-fill",
}
LONG, LONGER = 6, 11  # characters of a figure
UNDO_TAG = re.compile(r"\bundo-(\d+)\b")


class HasStatus(Protocol):
    """A product, as far as its badge is concerned."""

    @property
    def status(self) -> str: ...

    @property
    def stock_status(self) -> str: ...


@register.filter
def money(value: object) -> str:
    """An amount in the shop's currency with two places; unknown when None."""
    return _amount(value, "0.00")


@register.filter
def money_whole(value: object) -> str:
    """An amount in whole units of the shop's currency, for tiles and charts."""
    return _amount(value, "0")


@register.filter
def money_in_full(value: object, places: int = 4) -> str:
    """An amount with so many places: sums of stock are kept with four."""
    return _amount(value, f"0.{'0' * places}")


@register.filter
def quantity(value: object) -> str:
    """A count with thousands separators and a real minus; unknown when None."""
    return write_known(value, number_writer())


@register.filter
def signed(value: object) -> str:
    """A change with its sign: +24, −2, 0."""
    number = _number(value)
    if number is None:
        return _unknown()
    text = number_writer()(number)
    return f"+{text}" if number > 0 else text


@register.filter
def figure_size(shown: str) -> str:
    """The further class of a figure that is too long for its full size; "" else."""
    if len(shown) > LONGER:
        return " is-longer"
    return " is-long" if len(shown) > LONG else ""


@register.inclusion_tag("components/gauge.html")
def gauge(available: object, reorder_point: object) -> dict[str, object]:
    """A bar three times the reorder point long, with a tick at the reorder point.

    Draws nothing where there is no reorder point: a bar needs something to be
    measured against.
    """
    have, low = _number(available), _number(reorder_point)
    if have is None or low is None or low <= 0:
        return {"width": None}
    width = min(max(have / (3 * low) * 100, Decimal(0)), Decimal(100))
    # As text: a template would write the decimal comma of some languages into SVG.
    return {"width": f"{width:.1f}", "is_low": have <= low}


@register.filter
def shown_status(product: HasStatus) -> str:
    """The one state worth a badge: draft or archived before in_stock, low or out."""
    if product.status in {"draft", "archived"}:
        return product.status
    return product.stock_status


@register.filter
def initials(person: object) -> str:
    """Two letters for a name: of the first and the last word."""
    words = str(person).partition("@")[0].split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def day_name(day: date | None) -> str:
    """A day in words: "Today, Thursday 12 March"; with its year when it is another."""
    if day is None:
        return _unknown()
    today = timezone.localdate()
    words = date_format(day, "l j F" if day.year == today.year else "l j F Y")
    return gettext("Today, %(day)s") % {"day": words} if day == today else words


@register.simple_tag
def loaded_at() -> str:
    """The time of now to the minute, for the head of what is printed."""
    minute = timezone.localtime().replace(second=0, microsecond=0)
    return _written(minute, get_language())


@lru_cache(maxsize=8)
def _written(minute: datetime, _language: str) -> str:
    return date_format(minute, "DATETIME_FORMAT")


@register.filter
def flash_icon(message: Message) -> str:
    return FLASH_ICONS.get(message.level_tag, "info-circle-fill")


@register.filter
def undo_operation(message: Message) -> int | None:
    """The operation a message offers to undo, from its extra tag `undo-<id>`."""
    found = UNDO_TAG.search(message.extra_tags or "")
    return int(found[1]) if found else None


@register.filter
def undo_view(message: Message) -> str:
    """The removed view a message offers to bring back, from its extra tag `view-…`."""
    tag = message.extra_tags or ""
    return tag.removeprefix("view-") if tag.startswith("view-") else ""


@register.filter
def error_entries(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form as {target, label, text}, in the order of its fields.

    `target` is the id to link to, empty for an error of the form as a whole.
    """
    entries = [
        {"target": "", "label": "", "text": _words(text)}
        for text in form.non_field_errors()
    ]
    for field in form:
        target = "" if field.is_hidden else field.id_for_label or field.auto_id
        entries += [
            {"target": target, "label": str(field.label), "text": _words(text)}
            for text in field.errors
        ]
    return entries


def _words(error: object) -> str:
    """The words of an error: a link in it would stand inside the link to its field."""
    text = str(error)
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text


def _number(value: object) -> Decimal | None:
    """`value` as a finite Decimal, or None where it is none."""
    if type(value) is int:
        return Decimal(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _amount(value: object, places: str) -> str:
    return write_known(value, amount_writer(places))


def write_known(value: object, write: Writer) -> str:
    """Return what `write` makes of `value`; unknown where it is no number."""
    number = _number(value)
    return _unknown() if number is None else write(number)


def _unknown() -> SafeString:
    return format_html(
        '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>',
        gettext("unknown"),
    )
