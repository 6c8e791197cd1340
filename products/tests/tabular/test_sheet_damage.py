import pytest

from products.tabular.sheet_damage import (
    NO_RESULT,
    SheetDamageError,
    refuse_cut_barcode,
    refuse_failed_formula,
    refuse_replaced_code,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5.90123E+12", "rounded"),
        ("3,65275E+11", "rounded"),
        ("5.90123e+12", "rounded"),
        ("1.00E+05", "rounded"),
        ("4E+11", "rounded"),
        ("9.006E12", "rounded"),
        ("#REF!", "formula has failed"),
        ("#n/a", "formula has failed"),
        ("#BEZUG!", "formula has failed"),
        ("Err:502", "formula has failed"),
        (NO_RESULT, "not in the file"),
        ("########", "too narrow"),
        ("1-Mar", "date"),
        ("12-Dec", "date"),
        ("Mar-01", "date"),
        ("01-Mar-25", "date"),
        ("1. Mrz", "date"),
        ("3/1/2025", "date"),
        ("01.03.2025", "date"),
        ("2025-03-01 00:00:00", "date"),
        ("09:30:00", "date"),
    ],
)
def test_what_a_spreadsheet_made_is_no_code(text, said):
    with pytest.raises(SheetDamageError, match=said) as caught:
        refuse_replaced_code(text)
    assert caught.value.mend


@pytest.mark.parametrize(
    "text",
    [
        *("1E5", "12E4", "1E+5", "E+12", "12E+12", "4006381333931", "007"),
        *("1-MAR", "MAR-01", "Marc-01", "32-Mar", "2025-03", "2025-03-01", "1-2-2025"),
        *("13.13.2025", "3/1/25", "12:30", "#1", "##", "#REF", "REF!", "N/A", "Err:5"),
    ],
)
def test_a_code_that_only_looks_odd_stays_a_code(text):
    refuse_replaced_code(text)


def test_in_a_text_only_the_errors_of_formulas_are_damage():
    with pytest.raises(SheetDamageError):
        refuse_failed_formula("#VALUE!")
    for text in ("1-Mar", "5.9E+12", "####", "#1 in the charts", ""):
        refuse_failed_formula(text)


@pytest.mark.parametrize(
    ("cut", "whole"), [("12345678905", "012345678905"), ("1111047403", "001111047403")]
)
def test_a_barcode_without_its_zeros_names_what_it_was(cut, whole):
    with pytest.raises(SheetDamageError, match=f"probably {whole}"):
        refuse_cut_barcode(cut)


@pytest.mark.parametrize(
    "code",
    [
        "012345678905",  # nothing is missing
        "12345678906",  # another check digit: never was a UPC
        "0306406152",  # an ISBN
        "2345678905",  # neither
        "A2345678905",
        "１２３４５６７８９０５",
    ],
)
def test_other_barcodes_are_none_without_zeros(code):
    refuse_cut_barcode(code)
