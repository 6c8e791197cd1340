"""forms.pasted_lines: “SKU quantity”, however it was copied."""

import pytest
from pytest_django import DjangoAssertNumQueries

from products.forms.pasted_lines import read_pasted
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def read(text: str) -> list[tuple[str, int]]:
    pasted = read_pasted(text)
    assert pasted.faults == []
    return [(product.sku, units) for product, units in pasted.lines]


@pytest.mark.parametrize(
    "line",
    [
        "MUG 12",
        "MUG\t12",
        "MUG,12",
        "MUG;12",
        "MUG, 12",
        "  mug    12  ",
        "MUG\t\t12\t",
        "MUG;12;",
        '"MUG","12"',
        "MUG +12",
        "4006381333931 12",
        "04006381333931\t12",
    ],
)
def test_reads(line: str) -> None:
    make_product(sku="MUG", barcode="4006381333931")
    assert read(line) == [("MUG", 12)]


def test_a_sku_with_blanks_and_digits() -> None:
    make_product(sku="MUG 1 blue")
    make_product(sku="MUG")
    assert read("MUG 1 blue 12\nMUG 1\n") == [("MUG 1 blue", 12), ("MUG", 1)]


def test_a_code_means_what_it_means_when_it_is_scanned() -> None:
    make_product(sku="A", barcode="B")
    make_product(sku="B")
    assert read("B 1") == [("A", 1)]


def test_lines_in_their_order_and_empty_ones_do_not_count() -> None:
    for sku in ("A", "B"):
        make_product(sku=sku)
    assert read("\r\nB 1\r\n\r\n ;;; \nA 2\nB 3") == [("B", 1), ("A", 2), ("B", 3)]
    assert read("") == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("MUG", "write the quantity after the SKU"),
        ("12", "write the quantity after the SKU"),
        ("MUG many", "whole number"),
        ("MUG 0", "must be from 1"),
        ("MUG -3", "must be from 1"),
        ("MUG 1.5", "whole number"),
        ("MUG 1,200", "without separators"),
        ("MUG\t1,200", "without separators"),
        ("MUG 9999999999", "must be from 1"),
        ("NOPE 3", "no product has the SKU or barcode “NOPE”"),
        ("M\0UG 3", "no product has"),
        ("x" * 5_000 + " 3", "no product has"),
        ("MUG" + " " * 500_000 + "1 x", "whole number"),  # in no time
        ("MUG 1" + " ," * 200_000 + "x", "whole number"),
    ],
)
def test_each_fault_with_its_line(line: str, words: str) -> None:
    make_product(sku="MUG")
    make_product(sku="MUG 1")
    pasted = read_pasted(f"MUG 1\n{line}\n")
    assert len(pasted.faults) == 1
    assert pasted.faults[0].startswith("Line 2: ")
    assert words in pasted.faults[0]


def test_many_faults_are_counted() -> None:
    faults = read_pasted("NOPE 1\n" * 50).faults
    assert len(faults) == 21
    assert faults[-1] == "And 30 lines more."


def test_statements_do_not_grow_with_the_lines(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    skus = [make_product().sku for _number in range(30)]
    with django_assert_num_queries(1):
        assert len(read("\n".join(f"{sku} 1" for sku in skus))) == 30
