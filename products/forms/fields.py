"""Fields that read what people type: amounts, quantities, a brand by its name.

Numbers are text fields with a keypad: a browser's number field hides what it can't
read from the server, so that nobody could be told what is wrong with it.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.fields import KEY_LENGTH, fold_key
from products.models import MAX_QUANTITY, Brand

# How an amount is written where the decimal mark is a point, and where it is a comma;
# and with the other mark, where that has one meaning everywhere: “14,90” has it,
# “1,290” is asked about, and in German “1.290” is.
AMOUNTS = {
    ".": re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    ",": re.compile(r"-?(?:[0-9]+(?:,[0-9]*)?|,[0-9]+)"),
}
CLEAR_AMOUNT = re.compile(r"-?[0-9]+[.,][0-9]{1,2}")
PLAIN_WHOLE = re.compile(r"[+-]?[0-9]+")
LONGEST = 40  # characters; no number we keep comes near


def _typed(value: Any) -> str:
    """Return the trimmed text with a plain minus: our pages write the real one."""
    return str(value).strip().replace("\N{MINUS SIGN}", "-")


def decimal_mark() -> str:
    """Return what stands before the decimals in the reader's language: "." or ","."""
    mark = str(get_format("DECIMAL_SEPARATOR"))
    return mark if mark in AMOUNTS else "."


def as_typed(value: Decimal, shown_places: int) -> str:
    """Return a number as people write it: "14.90" or "14,90", with no further zeros."""
    whole, _point, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(shown_places, "0")
    return f"{whole}{decimal_mark()}{fraction}" if fraction else whole


def grouped(number: int) -> str:
    """Return a whole number as the pages write it: "1,200", with a real minus."""
    return str(number_format(number, force_grouping=True)).replace("-", "−")


class AmountField(forms.Field):
    """A Decimal of zero or more, with the decimal mark of the reader's language.

    The other mark is understood where it can't stand between thousands.

    `places` after the point at most, less than `limit`. Shown with `shown_places` or
    more, without further zeros.
    """

    def __init__(
        self, *, places: int, limit: int, shown_places: int = 2, **kwargs: Any
    ) -> None:
        self.places, self.limit, self.shown_places = places, limit, shown_places
        attrs = {"inputmode": "decimal", "class": "num num-end", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not _typed(value):
            return None
        text = _typed(value)
        ours = AMOUNTS[decimal_mark()].fullmatch(text)
        if not (ours or CLEAR_AMOUNT.fullmatch(text)) or len(text) > LONGEST:
            raise ValidationError(
                _("Write a plain number with a point, like 1290.50."), code="invalid"
            )
        number = Decimal(text.replace(",", "."))
        self._check(number)
        return abs(number)  # no "-0"

    def _check(self, number: Decimal) -> None:
        if number < 0:
            raise ValidationError(_("This can't be below zero."), code="negative")
        if number >= self.limit:
            raise ValidationError(
                _("This must be below %(limit)s."),
                code="too_large",
                params={"limit": grouped(self.limit)},
            )
        if number != number.quantize(Decimal(1).scaleb(-self.places)):
            raise ValidationError(
                ngettext(
                    "%(places)d digit after the point is the most.",
                    "%(places)d digits after the point are the most.",
                    self.places,
                ),
                code="too_precise",
                params={"places": self.places},
            )

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return as_typed(value, self.shown_places)
        return value


class QuantityField(forms.Field):
    """A whole number of base units, from `least` to `most`."""

    def __init__(
        self, *, least: int = 0, most: int = MAX_QUANTITY, **kwargs: Any
    ) -> None:
        self.least, self.most = least, most
        attrs = {"inputmode": "numeric", "class": "num num-end", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not _typed(value):
            return None
        text = _typed(value)
        if not PLAIN_WHOLE.fullmatch(text):
            raise ValidationError(
                _("Write a whole number without separators, like 1200."), code="invalid"
            )
        if len(text) > LONGEST:
            raise self._out_of_range(is_above=not text.startswith("-"))
        number = int(text)
        if not self.least <= number <= self.most:
            raise self._out_of_range(is_above=number > self.most)
        return number

    def _out_of_range(self, *, is_above: bool) -> ValidationError:
        if not is_above and self.least == 0:
            return ValidationError(_("This can't be below zero."), code="negative")
        return ValidationError(
            _("This must be from %(least)s to %(most)s."),
            code="out_of_range",
            params={"least": grouped(self.least), "most": grouped(self.most)},
        )


class BrandField(forms.CharField):
    """A brand by name: the one that is there, whatever the case, or an unsaved one.

    `services.references.settle_brand` stores the new one together with its product.
    One query for a name, none when it is empty.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", Brand._meta.get_field("name").max_length)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        name = " ".join(super().clean(value).split())
        if not name:
            return None
        key = fold_key(name)
        if len(key) > KEY_LENGTH:  # a few characters fold into several
            raise ValidationError(_("This name is too long."), code="too_long")
        return Brand.objects.filter(key=key).first() or Brand(name=name)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Brand) else value
