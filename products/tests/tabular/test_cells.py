from decimal import Decimal

import pytest

from products.tabular.cells import read_bool, read_code, read_decimal, read_whole
from products.tabular.problems import BadCellError
from products.tabular.sheet_damage import SheetDamageError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.90", "12.90"),
        ("12.9000", "12.90"),
        ("0", "0.00"),
        ("-0", "0.00"),
        ("+7", "7.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("007.10", "7.10"),
        ("'12.90", "12.90"),
        ("'12.90'", "12.90"),
        ("999999999.99", "999999999.99"),
    ],
)
def test_a_number_is_read_exactly(text, number):
    read = read_decimal(text, places=2, limit=10**10)
    assert str(read) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12,90", "a point before the decimals"),
        ("1,290.50", "no thousands marks"),
        ("12,90 €", "a point"),
        ("$12.90", "plain digits"),
        ("1e5", "shortened"),
        ("1.2E+11", "shortened"),
        ("NaN", "Not a number"),
        ("Infinity", "Not a number"),
        ("-inf", "Not a number"),
        ("0x10", "Not a number"),
        ("1_000", "Not a number"),
        ("१२", "Not a number"),
        ("", "Not a number"),
        ("#REF!", "formula has failed"),
        ("12.905", "decimal places"),
        ("10000000000", "too large"),
        ("9" * 5_000, "too large"),
    ],
)
def test_anything_else_is_refused_with_how_to_mend_it(text, said):
    with pytest.raises(BadCellError) as caught:
        read_decimal(text, places=2, limit=10**10)
    assert said in str(caught.value)
    assert caught.value.mend


def test_more_places_are_rounded_where_the_column_allows_it():
    read = read_decimal("226.796185", places=3, limit=10**6, rounds=True)
    assert read == Decimal("226.796")


@pytest.mark.parametrize(
    ("text", "whole"), [("3", 3), ("3.0", 3), ("-2", -2), ("'5", 5)]
)
def test_a_quantity_is_whole(text, whole):
    assert read_whole(text, limit=10**9) == whole


@pytest.mark.parametrize("text", ["3.5", "3,0", "three", "1e3", "9999999999"])
def test_a_quantity_that_is_not_whole_is_refused(text):
    with pytest.raises(BadCellError):
        read_whole(text, limit=10**9)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("00123", "00123"),
        ("'00123", "00123"),
        ("'00123'", "00123"),
        ("'=A1", "=A1"),
        ("'-5", "-5"),
        ("''X", "'X"),
    ],
)
def test_a_code_loses_only_the_apostrophe_of_a_spreadsheet(text, code):
    assert read_code(text) == code


def test_what_a_spreadsheet_made_of_a_code_is_no_code():
    with pytest.raises(SheetDamageError, match="made a date"):
        read_code("1-Mar")


def test_with_an_apostrophe_a_code_is_as_it_was_typed():
    assert read_code("'1-Mar") == "1-Mar"


def test_truth_in_any_case():
    assert [read_bool(word) for word in ("TRUE", "yes", "1")] == [True] * 3
    assert [read_bool(word) for word in ("False", "NO", "0")] == [False] * 3
    with pytest.raises(BadCellError):
        read_bool("perhaps")
