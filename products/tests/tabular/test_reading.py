import io

import pytest

from products.tabular.problems import UnreadableFileError
from products.tabular.reading import Record, Table, open_table

KNOWN = frozenset({"sku", "name", "price", "gtin, upc or ean"})
LIMIT = 100_000_000


def read(data: bytes, max_bytes: int = LIMIT) -> Table:
    return open_table(io.BytesIO(data), known=KNOWN, max_bytes=max_bytes)


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [record.cells for record in read(data).records()]


@pytest.mark.parametrize(
    "data",
    [
        b"sku,name\nA,Mug\nB,Cup\n",
        b"sku,name\r\nA,Mug\r\nB,Cup\r\n",
        b"sku,name\rA,Mug\rB,Cup",
        b"sku,name\r\r\nA,Mug\r\r\nB,Cup\r\r\n",
        b"\n\n sku , name \n\n A ,\tMug\n , \nB,Cup\n\n",
        b"sku,name,\nA,Mug,\nB,Cup",
        b'"sku","name"\n"A","Mug"\n"B","Cup"\n',
        b"sku;name\nA;Mug\nB;Cup\n",
        b"sku\tname\nA\tMug\nB\tCup\n",
        b"sku|name\nA|Mug\nB|Cup\n",
    ],
)
def test_the_same_table_in_many_writings(data):
    assert [record[:2] for record in cells(data)] == [("A", "Mug"), ("B", "Cup")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("sku,name\nA,Bølge\n".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "sku,name\nA,Bølge\n".encode(), "utf-8-sig"),
        (b"\r\n\t\xef\xbb\xbf" + "sku,name\nA,Bølge\n".encode(), "utf-8-sig"),
        (b"\xef\xbb\xbf" + '"sku","name"\nA,Bølge\n'.encode(), "utf-8-sig"),
        ("sku,name\nA,Bølge\n".encode("utf-16"), "utf-16"),
        ("\ufeffsku,name\nA,Bølge\n".encode("utf-16-be"), "utf-16"),
        ("sku,name\nA,Bølge\n".encode("cp1252"), "cp1252"),
        ("sku,name\nA,Bølgé".encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_found_and_named(data, encoding):
    table = read(data)
    assert table.encoding == encoding
    assert table.header == ("sku", "name")
    assert next(iter(table.records())).cells[1].startswith("Bølg")


def test_quotes_commas_and_line_breaks_stay_inside_their_cell():
    assert cells(b'sku,name\nA,"a ""b"", c\r\nd"\n') == [("A", 'a "b", c\r\nd')]


def test_a_delimiter_inside_a_header_cell_does_not_mislead():
    table = read(b"sku;GTIN, UPC or EAN;name, long\n1;2;3\n")
    assert table.delimiter == ";"


def test_records_are_numbered_as_a_spreadsheet_numbers_its_rows():
    table = read(b"sku,name\nA,Mug\n\n,\nB,Cup\n")
    assert [record.number for record in table.records()] == [2, 5]
    assert table.record_count == 2


def test_cr_cr_lf_is_one_line_end():
    table = read(b"sku,name\r\r\nA,Mug\r\r\nB,Cup\r\r\n")
    assert [record.number for record in table.records()] == [2, 3]


def test_the_records_can_be_read_again():
    table = read(b"sku,name\nA,Mug\n")
    assert list(table.records()) == list(table.records()) == [Record(2, ("A", "Mug"))]


def test_a_short_record_has_blank_cells():
    assert cells(b"sku,name,price\nA\n") == [("A", "", "")]


def test_a_longer_record_is_fine_while_the_surplus_is_blank():
    record, second = read(b"sku,name\nA,Mug,,\nB,Cup\n").records()
    assert record.problem is None
    assert record.cells == ("A", "Mug")
    assert second.problem is None


def test_a_longer_record_with_surplus_text_is_refused_alone():
    first, second = read(b"sku,name\nA,Mug,blue\nB,Cup\n").records()
    assert "3 cells" in str(first.problem)
    assert second.problem is None


def test_when_most_records_are_longer_none_of_those_is_trusted():
    table = read(b"sku,name\nA,Mug,\nB,Cup,\nC,Jug\n")
    assert [bool(record.problem) for record in table.records()] == [True, True, False]


def test_a_misplaced_quote_costs_its_record_only():
    first, second = read(b'sku,name\nA,"Mug"blue\nB,Cup\n').records()
    assert "quote" in str(first.problem)
    assert second.cells == ("B", "Cup")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\n \n,,\n", "no text"),
        (b"sku,name\n", "no rows"),
        (b"sku,name\nA,\0\n", "NUL"),
        ("sku,name\nA,Mug\n".encode("utf-16-le"), "UTF-16 without the mark"),
        ("sku,name\nA,\0\n".encode("utf-16"), "NUL"),
        ("sku,name\nA,Mug\n".encode("utf-16") + b"x", "damaged"),
        (b"sku,name\nA,\x81\xe9\n", "not text"),
        (b"sku,name\nA,\xc3\xbcb\xc3", "cut off"),
        (b"\xef\xbb\xbfsku,name\nA,\xe9t\xe9\n", "parts of it are not"),
        (b'sku,name\nA,"Mug\nB,Cup\n', "row 2"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG picture"),
        (b"PK\x03\x04\x14\0", "workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf\n<HTML><table><tr><td>sku", "web page"),
        (b"<?xml version='1.0'?><office:document/>", "XML"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"sku," + b"c," * 10_000 + b"\nA\n", "columns"),
        (b"sku," + b"c" * 1_001 + b"\nA\n", "header of more than 1000 characters"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(data, said):
    with pytest.raises(UnreadableFileError, match=said):
        read(data)


def test_a_file_over_the_limit_is_refused_before_it_is_parsed():
    with pytest.raises(UnreadableFileError, match="larger than 1 MB"):
        read(b"sku\n" + b"A\n" * 600_000, max_bytes=1_000_000)


def test_a_cell_of_ten_megabytes_is_read_like_any_other():
    assert len(cells(b"sku,name\nA," + b"x" * 10_000_000 + b"\n")[0][1]) == 10_000_000


def test_a_cell_without_end_is_refused():
    with pytest.raises(UnreadableFileError, match="longer than any text"):
        read(b'sku,name\nA,"' + b"x\n" * 9_000_000)


def test_a_file_that_is_closed_before_the_reading_ends_is_no_error(tmp_path):
    path = tmp_path / "shop.csv"
    path.write_bytes(b"sku,name\nA,Mug\nB,Cup\n")
    with path.open("rb") as stream:
        records = open_table(stream, known=KNOWN, max_bytes=LIMIT).records()
        assert next(records).cells == ("A", "Mug")
    records.close()
