"""Numbers as a language writes them: Babel's words at the price of an f-string.

Babel takes 30 µs a number, for it reads its pattern anew each time. How a language
writes is learned once, from what Babel makes of a few numbers; where those don't show
a plain habit (digits of their own, groups of two), Babel is asked each time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal
from django.conf import settings
from django.utils.translation import get_language, to_locale

REAL_MINUS = "\N{MINUS SIGN}"
SAMPLE = Decimal("1234567.4375")
AS_PYTHON = {ord(","): ",", ord("."): "."}
SMALL = Decimal(4321)  # some languages write four digits without a group

Writer = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Habit:
    """What stands around and between the digits of numbers up to and below zero."""

    positive: tuple[str, str]
    negative: tuple[str, str]
    places: int
    separators: dict[int, str]

    def write(self, number: Decimal) -> str:
        digits = f"{abs(number):,.{self.places}f}"
        before, after = self.negative if number.is_signed() else self.positive
        if self.separators != AS_PYTHON:
            digits = digits.translate(self.separators)
        return f"{before}{digits}{after}"


def number_writer() -> Writer:
    """Return what writes a number in the language of now, with a real minus."""
    return _writer(get_language() or settings.LANGUAGE_CODE, "", "")


def amount_writer(decimals: str) -> Writer:
    """Return what writes an amount in the shop's currency.

    `decimals` such as "0.00" say its form: a zero after the point for each place.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return _writer(language, settings.CURRENCY, decimals)


@lru_cache(maxsize=128)
def _writer(language: str, currency: str, decimals: str) -> Writer:
    """Return what writes numbers (without a currency) or amounts."""
    locale = _locale(language)

    def ask_babel(number: Decimal) -> str:
        if not currency:
            text = format_decimal(number, locale=locale)
        else:
            form = _currency_pattern(locale, decimals)
            text = format_currency(
                number, currency, format=form, locale=locale, currency_digits=False
            )
        return str(text).replace("-", REAL_MINUS)

    places = len(decimals.partition(".")[2])
    habit = _learn(ask_babel, places)
    if habit is None:
        return ask_babel
    if currency:
        return habit.write

    def write(number: Decimal) -> str:
        is_whole = number == number.to_integral_value()
        return habit.write(number) if is_whole else ask_babel(number)

    return write


def _learn(ask_babel: Writer, places: int) -> Habit | None:
    """Return how numbers with so many places are written; None if that isn't plain."""
    rounded = SAMPLE.quantize(Decimal(1).scaleb(-places))
    decimals = str(rounded).partition(".")[2]
    shape = re.compile(rf"(\D*)1(?P<group>\D*)234(?P=group)567(\D*){decimals}(\D*)")
    found = shape.fullmatch(ask_babel(rounded))
    below = shape.fullmatch(ask_babel(-rounded))
    if not found or not below:
        return None
    before, group, point, after = found.groups()
    if not decimals:
        point, after = "", f"{point}{after}"
    negative = (below[1], below[4] if decimals else f"{below[3]}{below[4]}")
    habit = Habit((before, after), negative, places, {ord(","): group, ord("."): point})
    samples = [SMALL, -SMALL, Decimal(0), Decimal("0.0001"), Decimal("-0.0001")]
    is_true = all(
        habit.write(number) == ask_babel(number)
        for number in (value.quantize(Decimal(1).scaleb(-places)) for value in samples)
    )
    return habit if is_true else None


def _currency_pattern(locale: Locale, decimals: str) -> str:
    """The locale's own pattern for money, with these decimals in place of its own."""
    pattern: str = locale.currency_formats["standard"].pattern
    return re.sub(r"0\.0+", decimals, pattern)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
