"""What a workbook's cells are as text, and which of its sheets is read."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from products.tabular.problems import UnreadableFileError
from products.tabular.reading import Table, open_table
from products.tabular.sheet_damage import NO_RESULT
from products.tests.tabular.workbooks import (
    BOOK,
    HEADER,
    MAIN,
    OFFICE,
    PACKAGE,
    RELATIONS,
    SHEET,
    STYLES,
    TEXTS,
    packed,
    parts,
    relation,
    sheet,
    workbook,
)

LIMIT = 10_000_000
SECOND = "xl/worksheets/sheet2.xml"


def read(data: bytes) -> Table:
    return open_table(BytesIO(data), known={"sku", "name"}, max_bytes=LIMIT)


def first_cell(cell: str) -> str:
    """Return what is read from a cell of the first column."""
    table = read(workbook(f"<row r='2'>{cell}<c r='B2'><v>1</v></c></row>"))
    return next(table.records()).cells[0]


def test_a_workbook_has_the_shape_of_any_table():
    data = workbook(
        "<row r='2'><c t='s'><v>1</v></c></row><row r='5'><c r='B5'/></row>"
    )
    table = read(data)
    assert (table.encoding, table.delimiter, table.size) == ("xlsx", "", len(data))
    assert table.header == ("sku", "name")
    assert table.record_count == 1
    assert [record.cells for record in table.records()] == [("name", "")]
    assert list(table.records()) == list(table.records())


def test_rows_keep_their_numbers():
    rows = "<row r='4'><c><v>1</v></c></row><row><c><v>2</v></c></row>"
    assert [each.number for each in read(workbook(rows)).records()] == [4, 5]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("4006381333931", "4006381333931"),
        ("4006381333931.0", "4006381333931"),
        ("4.006381333931E12", "4006381333931"),
        ("12345678901234567890", "12345678901234567890"),
        ("1.2345678901234501E+19", "1.23456789012345E+19"),
        ("12.9", "12.9"),
        ("12.90", "12.9"),
        ("0.28000000000000003", "0.28"),
        ("0.30000000000000004", "0.3"),
        ("12.899999999999999", "12.9"),
        ("1234567.123456", "1234567.123456"),
        ("1E-3", "0.001"),
        ("1.5E2", "150"),
        ("-5", "-5"),
        ("1E999999999", "1.00000000000000E+999999999"),
        ("1E-999999999", "0"),
        ("NaN", "NaN"),
    ],
)
def test_a_number_is_its_digits(stored, text):
    assert first_cell(f"<c><v>{stored}</v></c>") == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c t='b'><v>1</v></c>", "true"),
        ("<c t='b'><v>0</v></c>", "false"),
        ("<c t='e'><v>#REF!</v></c>", "#REF!"),
        ("<c t='str'><f>A1</f><v>007</v></c>", "007"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ("<c><f>1+1</f><v></v></c>", NO_RESULT),
        ("<c><f>1+1</f></c>", NO_RESULT),
        ("<c t='str'><f>A9</f><v></v></c>", ""),
        ("<c t='inlineStr'><is><t> a_x000D_&#10;b </t></is></c>", "a\r\nb"),
        ("<c t='inlineStr'><is><t>_x005F_x000D_</t></is></c>", "_x000D_"),
        ("<c t='inlineStr'><is><r><t>re</t></r><r><t>d</t></r></is></c>", "red"),
        ("<c t='inlineStr'><is><t>東</t><rPh><t>x</t></rPh></is></c>", "東"),
        ("<c t='d'><v>2025-03-01T09:30:00Z</v></c>", "2025-03-01 09:30:00"),
        ("<c s='1'><v>45717</v></c>", "2025-03-01 00:00:00"),
        ("<c s='2'><v>45717.395833333336</v></c>", "2025-03-01 09:30:00"),
        ("<c s='1'><v>0.5</v></c>", "12:00:00"),
        ("<c s='1'><v>1</v></c>", "1900-01-01 00:00:00"),
        ("<c s='1'><v>-3</v></c>", "-3"),
        ("<c s='3'><v>45717</v></c>", "45717"),
        ("<c s='99'><v>45717</v></c>", "45717"),
    ],
)
def test_other_cells_are_the_text_csv_would_have(cell, text):
    assert first_cell(cell) == text


def test_a_book_may_count_its_days_from_1904():
    contents = parts("<row><c s='1'><v>44255</v></c></row>")
    contents[BOOK] = contents[BOOK].replace("workbookPr", "workbookPr date1904='1'")
    assert next(read(packed(contents)).records()).cells[0] == "2025-03-01 00:00:00"


def test_shared_texts_are_joined_from_their_runs():
    texts = "<si><r><t>ma</t></r><r><t>roon</t></r><rPh><t>x</t></rPh></si>" * 2
    contents = parts("<row><c t='s'><v>3</v></c></row>")
    contents[TEXTS] = contents[TEXTS].replace("</sst>", f"{texts}</sst>")
    assert next(read(packed(contents)).records()).cells[0] == "maroon"


def test_namespaces_may_have_a_prefix_or_be_the_strict_ones():
    contents = parts()
    contents[SHEET] = (
        "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'>"
        "<x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>"
        "<x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert [each.cells for each in read(packed(contents)).records()] == [("2",)]


def test_a_workbook_without_texts_and_styles_is_read():
    contents = parts("<row><c s='1'><v>5</v></c></row>")
    header = "<row><c t='inlineStr'><is><t>sku</t></is></c></row>"
    contents[SHEET] = sheet("<row><c s='1'><v>5</v></c></row>", header=header)
    contents[RELATIONS] = (
        f"<Relationships xmlns='{PACKAGE}'>"
        f"{relation(1, 'worksheet', 'worksheets/sheet1.xml')}</Relationships>"
    )
    del contents[TEXTS], contents[STYLES]
    assert next(read(packed(contents)).records()).cells == ("5",)


def test_a_cell_under_no_header_refuses_its_record():
    rows = "<row><c><v>1</v></c><c r='D2'><v>9</v></c></row><row><c><v>2</v></c></row>"
    first, second = read(workbook(rows)).records()
    assert "4 cells" in str(first.problem)
    assert "Give the column a header" in str(first.problem)
    assert second.problem is None


def two_sheets(*, first: str, state: str = "visible") -> bytes:
    contents = parts("<row r='2'><c><v>7</v></c></row>")
    contents[SECOND] = contents[SHEET]
    contents[SHEET] = first
    contents[BOOK] = (
        f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets>"
        f"<sheet name='Cover' sheetId='1' r:id='r1' state='{state}'/>"
        "<sheet name='Goods' sheetId='2' r:id='r9'/></sheets></workbook>"
    )
    contents[RELATIONS] = contents[RELATIONS].replace(
        "</Relationships>",
        relation(9, "worksheet", "worksheets/sheet2.xml") + "</Relationships>",
    )
    return packed(contents)


def test_the_first_sheet_with_something_in_it_is_read_and_said():
    table = read(two_sheets(first=sheet("<row><c s='1'/></row>", header="")))
    assert next(table.records()).cells[0] == "7"
    assert table.remarks == (
        "The sheet “Goods” was read. The workbook has more: “Cover”.",
    )


def test_a_hidden_sheet_is_not_read():
    hidden = sheet("<row><c><v>1</v></c></row>")
    table = read(two_sheets(first=hidden, state="hidden"))
    assert next(table.records()).cells[0] == "7"
    assert table.remarks == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "no rows"),
        ("<row r='1'/>", "damaged"),
        ("<row r='1048577'/>", "damaged"),
        ("<row r='0x1'/>", "damaged"),
        ("<row><c r='XFE2'><v>1</v></c></row>", "damaged"),
        ("<row><c r='é2'><v>1</v></c></row>", "damaged"),
        ("<row><c r='2'><v>1</v></c></row>", "damaged"),
        ("<row><c t='s'><v>2</v></c></row>", "damaged"),
        ("<row><c t='s'><v>-1</v></c></row>", "damaged"),
        ("<row><c t='s'><v>x</v></c></row>", "damaged"),
        ("<row>", "damaged"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused(rows, said):
    with pytest.raises(UnreadableFileError, match=said):
        read(workbook(rows))


def test_a_workbook_without_any_text_is_refused():
    with pytest.raises(UnreadableFileError, match="no sheet with text"):
        read(packed(parts() | {SHEET: sheet("", header="")}))


def test_a_header_as_wide_as_a_sheet_is_refused():
    cells = HEADER.replace("</row>", "<c r='XFD1'><v>1</v></c></row>")
    with pytest.raises(UnreadableFileError, match="16384 columns"):
        read(packed(parts() | {SHEET: sheet("", header=cells)}))


def test_what_another_program_writes_is_read():
    book = Workbook()
    book.active.append(["sku", "name", "gtin", "price", "made", "sum"])
    made = datetime(2025, 3, 1, 9, 30)  # noqa: DTZ001
    book.active.append(["007", "Mug", 4006381333931, 12.9, made, "=A2"])
    buffer = BytesIO()
    book.save(buffer)
    record = next(read(buffer.getvalue()).records())
    assert record.cells == (
        *("007", "Mug", "4006381333931", "12.9", "2025-03-01 09:30:00", NO_RESULT),
    )
