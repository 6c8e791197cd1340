import pytest

from products.tabular.columns import match_columns
from products.tabular.problems import ColumnsError

ALIASES = {"sku": "sku", "variant sku": "sku", "price": "price"}


def test_headers_match_in_any_case_and_spacing():
    columns = match_columns(["Variant  SKU", "PRICE", "SEO Title", ""], ALIASES)
    assert columns.pick(["A", "1", "x", "y"]) == {"sku": "A", "price": "1"}
    assert columns.title("sku") == "Variant  SKU"
    assert columns.unknown == ("SEO Title",)


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(ColumnsError, match="“SKU” and “Variant SKU” mean the same"):
        match_columns(["SKU", "Variant SKU"], ALIASES)


def test_the_title_of_an_absent_column_is_its_field():
    assert match_columns(["sku"], ALIASES).title("price") == "price"
