"""Product.objects.find_by_code and find_by_codes: what scanned or typed codes mean."""

import pytest
from pytest_django import DjangoAssertNumQueries

from products.models import Product
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def found(code: str) -> str:
    product = Product.objects.find_by_code(code)
    return product.name if product else ""


@pytest.mark.parametrize(
    "code",
    [
        "5701234567899",
        " 5701234567899\r\n",
        "05701234567899",
        "MUG-1",
        "ｍug-1",
        "\tmug-1 ",
    ],
)
def test_by_barcode_and_by_sku(code: str) -> None:
    make_product(name="Mug", sku="Mug-1", barcode="5701234567899")
    make_product(name="Cup", sku="Mug-11", barcode="57012")
    assert found(code) == "Mug"


@pytest.mark.parametrize("stored", ["012345678905", "0012345678905", "00012345678905"])
@pytest.mark.parametrize("scanned", ["012345678905", "0012345678905", "00012345678905"])
def test_same_gtin_in_another_length(stored: str, scanned: str) -> None:
    make_product(name="Mug", barcode=stored)
    assert found(scanned) == "Mug"


def test_upc_e_finds_the_upc_a() -> None:
    make_product(name="Mug", barcode="012345000065")
    assert found("01234565") == "Mug"


def test_the_code_as_it_stands_comes_first() -> None:
    make_product(name="By SKU", sku="012345678905")
    make_product(name="Longer", barcode="0012345678905")
    assert found("012345678905") == "Longer"
    make_product(name="Exact", barcode="012345678905")
    assert found("012345678905") == "Exact"
    assert found("0012345678905") == "Longer"


def test_barcodes_that_are_no_gtin_compare_letter_by_letter() -> None:
    make_product(name="Mug", barcode="x-01")
    assert found("x-01") == "Mug"
    assert found("X-01") == found("x-1") == ""


def test_archived_products_are_found_too() -> None:
    make_product(name="Mug", sku="MUG", status=Product.Status.ARCHIVED)
    assert found("MUG") == "Mug"


@pytest.mark.parametrize(
    "nonsense", ["", " ", "\0", "A\0", "\ud800", "x" * 10_000, "9" * 300, "%", "_", "'"]
)
def test_nonsense_finds_nothing(nonsense: str) -> None:
    make_product(sku="A")
    make_product(sku="B", barcode="1")
    assert found(nonsense) == ""


def test_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for stored in ("012345678905", "0012345678905", None, None):
        make_product(barcode=stored)
    with django_assert_num_queries(1):
        found("012345678905")


def test_many_codes_at_once() -> None:
    mug = make_product(sku="MUG", barcode="4006381333931")
    cup = make_product(sku="CUP")
    assert Product.objects.find_by_codes(
        ["mug", "CUP ", "04006381333931", "NOPE", "\0"]
    ) == {
        "mug": mug,
        "CUP ": cup,
        "04006381333931": mug,
    }


def test_more_codes_than_a_statement_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("products.models.product_queries.BATCH", 2)
    products = {product.sku: product for product in map(_numbered, range(5))}
    assert Product.objects.find_by_codes([*products]) == products


def _numbered(number: int) -> Product:
    return make_product(sku=f"A{number}")
