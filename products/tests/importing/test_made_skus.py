import pytest

from products.importing.made_skus import LENGTH, make_sku


@pytest.mark.parametrize(
    ("handle", "options", "sku"),
    [
        ("clay-pot", ("Large", "", ""), "CLAY-POT-LARGE"),
        ("copper-light", ("", "", ""), "COPPER-LIGHT"),
        ("tee", ("S", "Blue / white", ""), "TEE-S-BLUE-WHITE"),
        ("tasse", ("Größe", "", ""), "TASSE-GRÖSSE"),
    ],
)
def test_handle_and_options_make_the_sku(handle, options, sku):
    assert make_sku(handle, options) == sku


def test_a_long_one_is_cut_and_stays_different_from_its_like():
    first, second = (make_sku("x" * 200, (end,)) for end in ("a", "b"))
    assert len(first) == len(second) == LENGTH
    assert first != second
    assert first == make_sku("x" * 200, ("a",))


def test_a_handle_without_letters_still_makes_one():
    assert make_sku("---", ("!",))
