"""fields: when two codes are one, what search looks at, what a barcode may be."""

import pytest
from django.core.exceptions import ValidationError

from products.fields import (
    barcode_of,
    fold_key,
    is_gtin,
    is_storable,
    same_gtins,
    search_text,
    validate_barcode,
    validate_sku,
)


@pytest.mark.parametrize("same", ["mug-1", " MUG-1 ", "ＭＵＧ-1", "Mug-1\u00a0"])
def test_keys_ignore_case_width_and_blanks_around(same):
    assert fold_key(same) == "mug-1"


@pytest.mark.parametrize(
    ("one", "other"), [("café", "cafe"), ("a b", "ab"), ("0", "O")]
)
def test_keys_keep_accents_and_inner_blanks(one, other):
    assert fold_key(one) != fold_key(other)


def test_search_text_has_wholes_and_parts_without_accents():
    assert search_text("MUG-STW", None, "Åre jumper") == " mug-stw mug stw are jumper"


@pytest.mark.parametrize("text", ["5701234567899", "96385074", "036000291452"])
def test_gtins(text):
    assert is_gtin(text)
    validate_barcode(text)


@pytest.mark.parametrize("text", ["570123456789", "٥٧٠١٢٣٤٥", "12345", "ABC-1"])
def test_what_only_looks_like_one(text):
    assert not is_gtin(text) or len(text) == 12


def test_wrong_check_digit_says_the_right_one():
    with pytest.raises(ValidationError, match="should be 9, not 1"):
        validate_barcode("5701234567891")


@pytest.mark.parametrize("sku", ["", "  ", "a\nb", "a\x00b", "ﷺ" * 100])
def test_impossible_skus(sku):
    with pytest.raises(ValidationError):
        validate_sku(sku)


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("012345678905", ["0012345678905", "00012345678905"]),
        ("0012345678905", ["012345678905", "00012345678905"]),
        ("5701234567899", ["05701234567899"]),
        ("15701234567896", []),
        ("96385074", ["0000096385074", "000096385074", "00000096385074"]),
        ("570123456789", ["0570123456789", "00570123456789"]),
        ("12345", []),
        ("ABC-1", []),
        ("", []),
        ("٠١٢٣٤٥٦٧٨٩٠٥", []),
    ],
)
def test_other_lengths_of_one_gtin(code, others):
    assert same_gtins(code) == others


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("01234505", "012000003455"),
        ("04252614", "042100005264"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
    ],
)
def test_upc_e_is_a_upc_a(short, whole):
    assert whole in same_gtins(short)
    assert barcode_of(short) == whole


def test_short_as_an_ean_8_and_as_a_upc_e():
    assert "012345000065" in same_gtins("01234565")
    assert "01234565" in same_gtins("0012345000065")
    assert barcode_of("01234565") == "01234565"


@pytest.mark.parametrize("code", ["96385074", "5701234567899", "A B", "01234500"])
def test_other_codes_are_stored_as_read(code):
    assert barcode_of(code) == code


@pytest.mark.parametrize("text", ["a\0", "a\nb", "\ud800"])
def test_what_no_database_is_asked_for(text):
    assert not is_storable(text)
    assert is_storable("Mug\u00a01 🫖")
