"""tabular.sheets: rows to XLSX."""

import io
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from products.tabular import sheets
from products.tabular.sheet_parts import Style, letters
from products.tabular.sheets import Column, write_sheet

COLUMNS = (Column("Name"), Column("Units"))


def pieces(rows, columns=COLUMNS):
    return write_sheet(title="Stock", columns=columns, rows=iter(rows))


def written(rows, columns=COLUMNS):
    return load_workbook(io.BytesIO(b"".join(pieces(rows, columns))))


def test_header_and_rows():
    sheet = written([("Mug", 5), ("Bowl", 3)])["Stock"]
    assert list(sheet.values) == [("Name", "Units"), ("Mug", 5), ("Bowl", 3)]
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")


def test_widths_and_looks():
    columns = [Column("Code", 21, Style.CODE), Column("Price", style=Style.MONEY)]
    sheet = written([("007", Decimal("14.90"))], columns)["Stock"]
    assert sheet.column_dimensions["A"].width == 21
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("@", "0.00")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "'", "007", "1E5"])
def test_text_is_text(text):
    cell = written([(text, 1)])["Stock"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize(("text", "is_marked"), [("=1+1", True), ("5-pack", False)])
def test_text_that_would_run_is_marked_for_whoever_edits_it(text, is_marked):
    cell = written([(text, 1)])["Stock"]["A2"]
    assert bool(cell.quotePrefix) is is_marked


def test_numbers_are_numbers():
    values = [-5, Decimal("12.3456"), 0]
    columns = [Column("n")] * 3
    (row,) = written([values], columns)["Stock"].iter_rows(min_row=2)
    assert [cell.value for cell in row] == [-5, 12.3456, 0]
    assert {cell.data_type for cell in row} == {"n"}


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_an_empty_cell(nothing):
    assert written([("Mug", nothing)])["Stock"]["B2"].value is None


def test_time_is_the_shops():
    moment = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
    cell = written([(moment, 1)])["Stock"]["A2"]
    assert cell.value == timezone.make_naive(moment)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a\x01b\x1f\ufffe", "a_x0001_b_x001F__xFFFE_"),  # a spreadsheet decodes them
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("  padded ", "  padded "),
        ("Bølge 🍵 漢", "Bølge 🍵 漢"),
        ("_x000D_ _x5_", "_x005F_x000D_ _x5_"),  # a spreadsheet shows _x000D_
    ],
)
def test_characters(text, held):
    assert written([(text, "second")])["Stock"]["A2"].value == held


def test_titles_may_have_any_character():
    sheet = written([], [Column("<Price> & “cost”")])["Stock"]
    assert sheet["A1"].value == "<Price> & “cost”"


def test_no_rows():
    assert list(written([])["Stock"].values) == [("Name", "Units")]


@pytest.mark.parametrize(
    ("limit", "size"), [("MOST_ROWS", 2), ("MOST_CHARACTERS", 200)]
)
def test_more_than_a_sheet_holds(monkeypatch, limit, size):
    monkeypatch.setattr(sheets, limit, size)
    monkeypatch.setattr(sheets, "BLOCK", 100)
    workbook = written([("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)])
    assert workbook.sheetnames == ["Stock", "Stock 2", "Stock 3"]
    assert list(workbook["Stock 2"].values) == [("Name", "Units"), ("c", 3), ("d", 4)]
    assert list(workbook["Stock 3"].values) == [("Name", "Units"), ("e", 5)]


def test_as_many_rows_as_a_sheet_holds_need_no_second(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    assert written([("a", 1), ("b", 2)]).sheetnames == ["Stock"]


def test_the_first_byte_waits_for_no_row():
    def rows():
        raise AssertionError
        yield

    assert next(pieces(rows())).startswith(b"PK")


def test_pieces_come_while_rows_are_read(monkeypatch):
    monkeypatch.setattr(sheets, "BLOCK", 100)
    read = 0

    def rows():
        nonlocal read
        for read in range(1, 1_001):
            yield ("Mug", read)

    whole = pieces(rows())
    next(whole)
    next(whole)
    assert 0 < read < 10
    assert len(list(whole)) > 100
    assert read == 1_000


def test_the_archive_is_sound():
    archive = ZipFile(io.BytesIO(b"".join(pieces([("Mug", 1)] * 3))))
    assert archive.testzip() is None
    assert "[Content_Types].xml" in archive.namelist()


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters(index, name):
    assert letters(index) == name


def test_no_page_waits_for_the_library():
    code = (
        "import django, sys; django.setup(); import inventory_site.urls;"
        "sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
