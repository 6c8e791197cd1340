"""Numbers are written as Babel writes them, in every language of Django."""

from decimal import Decimal

import pytest
from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import override, to_locale
from hypothesis import given
from hypothesis import strategies as st

from products.templatetags.numbers import amount_writer, number_writer

# More digits than Babel can round, no column of ours has.
numbers = st.one_of(
    st.integers(-(10**12), 10**12).map(Decimal),
    st.decimals(-(10**12), 10**12, places=4),
    st.sampled_from(
        [Decimal(0), Decimal("-0.004"), Decimal("2.5"), Decimal("999.995")]
    ),
)


def locale_of(language: str) -> Locale:
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@given(st.sampled_from(sorted(LANG_INFO)), numbers)
def test_a_number(language: str, number: Decimal) -> None:
    expected = format_decimal(number, locale=locale_of(language))
    with override(language):
        assert number_writer()(number) == expected.replace("-", "\N{MINUS SIGN}")


@given(st.sampled_from(sorted(LANG_INFO)), numbers, st.sampled_from([0, 2, 4]))
def test_an_amount(language: str, number: Decimal, places: int) -> None:
    locale = locale_of(language)
    decimals = f"{Decimal(0):.{places}f}"
    standard = locale.currency_formats["standard"].pattern
    expected = format_currency(
        number,
        settings.CURRENCY,
        format=standard.replace("0.00", decimals),
        locale=locale,
        currency_digits=False,
    )
    with override(language):
        written = amount_writer(decimals)(number)
    assert written == expected.replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "1,234"), ("de", "1.234"), ("hi", "1,234")]
)
def test_thousands(language: str, text: str) -> None:
    with override(language):
        assert number_writer()(Decimal(1234)) == text


def test_groups_of_two_are_left_to_babel() -> None:
    with override("hi"):
        assert number_writer()(Decimal(1234567)) == "12,34,567"
