"""Numbers and moments of the lists are written as Django writes them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf.global_settings import LANGUAGES
from django.contrib.admin.utils import display_for_field
from django.db import models
from django.utils import timezone, translation
from django.utils.dateformat import format as date_format

from products.admin.writing import moment_writer, number_writer
from products.models.damage import Damaged

EVERY = [code for code, _name in LANGUAGES]
NUMBERS = [0, 7, -7, 999, 1_000, -1_234_567, 10**18, 1.5, "9,5"]
DECIMALS = [
    *("0", "0.00", "-0.00", "0.004", "0.5", "1", "12.5", "1234.50", "-1234.5"),
    *("12.345", "12.349", "999999999.99", "1e6", "1E+15", "1e300", "9" * 30),
]
NOON = datetime(2026, 3, 1, 12, 0, 30, 5, tzinfo=UTC)
MOMENTS = [
    NOON,
    *(NOON.replace(month=month, day=28, hour=2 * month - 1) for month in range(1, 13)),
    NOON.replace(hour=23, minute=59, year=1999),
    NOON - timedelta(microseconds=1),
]


@pytest.mark.parametrize("language", EVERY)
class TestAsDjango:
    def test_whole_numbers(self, language):
        with translation.override(language):
            write = number_writer(None)
            shown = [str(write(number)) for number in NUMBERS]
            assert shown == [by_django(it, models.IntegerField()) for it in NUMBERS]

    def test_decimals(self, language):
        field, numbers = models.DecimalField(decimal_places=2), map(Decimal, DECIMALS)
        with translation.override(language):
            write = number_writer(2)
            for number in numbers:
                assert write(number) == by_django(number, field)

    @pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/New_York"])
    def test_moments(self, language, zone):
        with translation.override(language), timezone.override(zone):
            write = moment_writer()
            shown = [write(moment) for moment in MOMENTS]
            assert shown == [by_django(it, models.DateTimeField()) for it in MOMENTS]


def test_each_language_writes_its_own():
    def said() -> tuple[str, str]:
        return number_writer(2)(Decimal("1234.5")), moment_writer()(NOON)

    with timezone.override("UTC"):
        assert said() == ("1,234.50", "March 1, 2026, noon")
        with translation.override("de"):
            assert said() == ("1.234,50", "1. März 2026, 12:00")


@pytest.mark.parametrize("pattern", ["H:i:s", "j. F Y, H:i:s", r"j \d\e F, H:i", "U"])
def test_a_pattern_of_another_kind_is_left_to_django(monkeypatch, pattern):
    monkeypatch.setattr("products.admin.writing.get_format", lambda _name: pattern)
    seconds = [NOON, NOON + timedelta(seconds=1)]
    assert [moment_writer()(it) for it in seconds] == [
        date_format(timezone.localtime(it), pattern) for it in seconds
    ]


def test_without_groups(settings):
    settings.USE_THOUSAND_SEPARATOR = False
    assert str(number_writer(None)(1_234)) == "1234"
    assert number_writer(2)(Decimal(1234)) == "1234.00"


def test_what_is_spoilt_is_a_dash():
    assert str(number_writer(None)(Damaged(models.IntegerField()))) == "–"


def by_django(value, field) -> str:
    return str(display_for_field(value, field, "-"))
