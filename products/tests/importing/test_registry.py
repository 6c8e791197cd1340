from io import BytesIO

import pytest

from products.importing.registry import KNOWN_HEADERS, choose_format
from products.tabular.problems import ColumnsError, UnreadableFileError
from products.tabular.reading import Table, open_table


def table(header: str) -> Table:
    data = f"{header}\n{'x' * 3}\n".encode()
    return open_table(BytesIO(data), known=KNOWN_HEADERS, max_bytes=10_000)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("sku,name,price", "native"),
        ("SKU;Name;on_hand:MAIN;colour", "native"),
        ("Handle,Title,Variant SKU", "shopify_products"),
        ("Title,URL handle,SKU,Price,Some metafield", "shopify_products"),
    ],
)
def test_the_header_says_the_format(header, code):
    assert choose_format(table(header))[0].code == code


@pytest.mark.parametrize(
    "header",
    [
        "productID,productName,unitPrice",
        "Handle,Title,SKU,Location,On hand (current)",
        "A,Mug,12.90",
    ],
)
def test_what_is_neither_is_refused(header):
    with pytest.raises(UnreadableFileError, match="columns of this file are not known"):
        choose_format(table(header))


def test_a_format_can_be_forced():
    header = "ID,Type,SKU,Name,Published,Is featured?,Regular price"
    assert choose_format(table(header), "native")[0].code == "native"


def test_a_forced_format_needs_its_columns():
    with pytest.raises(ColumnsError, match="needs the columns Handle, Title"):
        choose_format(table("sku,price"), "shopify_products")
