"""A field that two people changed, as it is asked: both values, who and when."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_currency, get_currency_symbol
from django.conf import settings
from django.db.models import DecimalField
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from products.errors import FieldConflict
from products.forms.fields import as_typed
from products.models.stretches import field_of

MONEY = {"price", "cost"}
SHOWN_CHARACTERS = 160  # of a long description; the whole text is in the field below


@dataclass(frozen=True, slots=True)
class Question:
    """The values are words; "" stands for a field left empty."""

    field: str
    label: str
    by: str
    at: str
    seen: str
    theirs: str
    mine: str


def question(other: FieldConflict, *, theirs: Any, mine: Any) -> Question:
    """Return the question; `theirs` and `mine` as the audit trail holds values.

    `mine` may also be a text that the field could not read.
    """
    return Question(
        field=other.field,
        label=str(field_of(other.field).verbose_name),
        by=other.by,
        at=day_and_time(other.at),
        seen=in_words(other.field, other.seen),
        theirs=in_words(other.field, theirs),
        mine=in_words(other.field, mine),
    )


def currency_symbol() -> str:
    """Return the sign of the shop's currency in the reader's language."""
    language = get_language() or settings.LANGUAGE_CODE
    return str(get_currency_symbol(settings.CURRENCY, locale=to_locale(language)))


def day_and_time(moment: Any) -> str:
    """Return "today at 14:32", or with the day when it was another one."""
    if not isinstance(moment, datetime):
        return ""
    time = date_format(localtime(moment), "H:i")
    if localdate(moment) == localdate():
        return _("today at %(time)s") % {"time": time}
    day = date_format(localtime(moment), "j F")
    return _("%(day)s at %(time)s") % {"day": day, "time": time}


def in_words(name: str, value: Any) -> str:
    """Return the value of a field, as the audit trail holds it; "" for an empty one."""
    if isinstance(value, dict):
        return str(value["label"])
    if value is None or value == "":
        return ""
    if name == "image":
        return _("Another picture")
    if name in MONEY:
        return _money(value)
    column = field_of(name)
    if isinstance(column, DecimalField):
        return _number(value)
    words = dict(column.flatchoices).get(value, value)
    return Truncator(str(words)).chars(SHOWN_CHARACTERS)


def _money(value: Any) -> str:
    """Return an amount with all the places it has: a cost may have six."""
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return Truncator(str(value)).chars(SHOWN_CHARACTERS)
    return str(
        format_currency(
            amount.normalize(),
            settings.CURRENCY,
            locale=to_locale(get_language() or settings.LANGUAGE_CODE),
            decimal_quantization=False,
        )
    )


def _number(value: Any, shown_places: int = 0) -> str:
    try:
        return as_typed(Decimal(value), shown_places)
    except InvalidOperation:
        return Truncator(str(value)).chars(SHOWN_CHARACTERS)
