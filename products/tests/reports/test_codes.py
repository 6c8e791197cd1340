"""reports.codes: a code means one product, a word may mean several."""

import pytest

from products.reports.codes import products_matching
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_a_code_means_one_product_whatever_else_a_search_finds() -> None:
    mug = make_product(sku="MUG")
    make_product(sku="MUG-BLUE", name="Mug, blue")
    assert products_matching(" mug ", 8) == [mug]


def test_words_find_several_by_name() -> None:
    second, first = make_product(name="Mug b"), make_product(name="Mug a")
    assert products_matching("mug", 8) == [first, second]
    assert products_matching("mug", 1) == [first]


def test_archived_ones_by_their_code_only() -> None:
    old = make_product(sku="OLD", name="Old mug", status="archived")
    assert products_matching("old", 8) == [old]
    assert products_matching("mug", 8) == []


@pytest.mark.parametrize("text", ["", "  ", "\0", "a\0b"])
def test_no_text_means_nothing(text: str) -> None:
    make_product()
    assert products_matching(text, 8) == []
