from io import BytesIO

import pytest

from products.tabular.mending import COLUMNS, mending_row
from products.tabular.reading import open_table
from products.tabular.writing import write_csv


def table_of(header, *rows):
    text = "".join(write_csv(header, rows))
    return open_table(BytesIO(text.encode()), known=frozenset(), max_bytes=10_000)


def records(table):
    return [record.cells for record in table.records()]


def test_our_columns_lose_their_names_and_their_cells():
    table = table_of([*COLUMNS, "sku", "name"], [7, "No.", "Mend it.", "A", "Mug"])
    assert table.header == ("", "", "", "sku", "name")
    assert records(table) == [("", "", "", "A", "Mug")]
    assert table.own == {0, 1, 2}


def test_they_are_known_wherever_they_stand_and_however_they_are_written():
    table = table_of(["sku", "REFUSED  because"], ["A", "No."])
    assert records(table) == [("A", "")]


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "-5", "@x", "'tis", "plain", "''"])
def test_a_cell_comes_back_as_it_was(text):
    row = mending_row((3, "=why", "how"), [text])
    assert not str(row[1]).startswith("=")
    assert not str(row[3]).startswith(("=", "-", "@"))
    assert records(table_of([*COLUMNS, "name"], row))[0][3] == text


def test_a_record_with_nothing_but_our_cells_is_blank():
    table = table_of([*COLUMNS, "sku"], [3, "why", "how", ""], [4, "why", "how", "A"])
    assert [record.number for record in table.records()] == [3]


def test_other_files_are_read_as_they_are():
    table = table_of(["sku", "name"], ["A", "'=1"])
    assert records(table) == [("A", "'=1")]
    assert not table.own


def test_a_record_that_is_too_long_keeps_its_surplus():
    table = table_of(["sku", "name"], ["A", "Mug", "x"], ["B", "Cup"], ["C", "Jug"])
    long, plain, _last = table.records()
    assert (long.cells, long.surplus) == (("A", "Mug"), ("x",))
    assert long.problem
    assert plain.surplus == ()
