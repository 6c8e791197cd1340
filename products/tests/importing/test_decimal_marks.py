from io import BytesIO

import pytest

from products.importing.decimal_marks import find_decimal_commas, with_points
from products.tabular.columns import match_columns
from products.tabular.reading import open_table
from products.tests.importing.files import import_text, notes, product, refused

pytestmark = pytest.mark.django_db
SAID = "Numbers of this column are read with a decimal comma."


def prices(*cells: str) -> list[str] | None:
    """Return the prices as they are read, or None when the column has no commas."""
    lines = "".join(f"A{number};{cell}\n" for number, cell in enumerate(cells))
    data = BytesIO(f"sku;price\n{lines}".encode())
    table = open_table(data, known={"sku", "price"}, max_bytes=10_000)
    columns = match_columns(table.header, {"sku": "sku", "price": "price"})
    fields = find_decimal_commas(table, columns)
    read = with_points(table.records(), columns, fields)
    return [record.cells[1] for record in read] if fields else None


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["12,90", "7"], ["12.90", "7"]),
        (["12,90", "", "1290,5", "-0,5", ",5"], ["12.90", "", "1290.5", "-0.5", ".5"]),
        (["1.290,50", "1.290.000"], ["1290.50", "1290000"]),
        (["1 290,50", "1\u202f290"], ["1290.50", "1290"]),
        (["0,500", "1234,567"], ["0.500", "1234.567"]),
        (["'12,90'"], ["12.90"]),
    ],
)
def test_a_column_that_says_so_is_read_with_commas(cells, read):
    assert prices(*cells) == read


@pytest.mark.parametrize(
    "cells",
    [
        ["1290", "7"],
        ["1,290"],
        ["12,90", "1,290"],
        ["12,90", "1.290"],
        ["12,90", "12.90"],
        ["1,290.50"],
        ["12,90", "12,90 €"],
        ["12,90", "12,9,0"],
        ["12,90", "1.29,50"],
        ["12,90", "12 90,50"],
        ["12,90", "n/a"],
        ["12,90", "#REF!"],
        ["12,"],
        ["12,90", ","],
    ],
)
def test_a_column_in_doubt_is_not(cells):
    assert prices(*cells) is None


def test_the_preview_says_which_columns_are_read_so():
    outcome = import_text("sku;name;price;cost\nA;Mug;12,90;1.25\n")
    assert notes(outcome) == [(1, "price", SAID)]
    assert str(product("A").price) == "12.90"
    assert str(product("A").cost) == "1.250000"


def test_stock_of_a_location_is_a_number_too():
    outcome = import_text("sku;name;on_hand\nA;Mug;3,0\n")
    assert refused(outcome) == []
    assert product("A").on_hand == 3


def test_in_doubt_each_cell_is_refused_with_how_to_mend_it():
    (found,) = import_text('sku,name,price\nA,Mug,"1,290"\n').findings.refused
    assert "a point before the decimals" in found.mend


def test_texts_with_commas_are_left_alone():
    import_text('sku;name;price;tags\nA;"Mug, red";12,90;"1,5,2,5"\n')
    assert product("A").name == "Mug, red"
    assert product("A").tags == "1, 5, 2, 5"
