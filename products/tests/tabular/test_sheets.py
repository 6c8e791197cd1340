"""tabular.sheets: rows to XLSX."""

import io
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from products.tabular import sheets
from products.tabular.sheets import write_sheet


def written(rows, header=("Name", "Units")):
    stream = io.BytesIO()
    write_sheet(stream, title="Stock", header=header, rows=iter(rows))
    return load_workbook(stream)


def test_header_and_rows():
    sheet = written([("Mug", 5), ("Bowl", 3)])["Stock"]
    assert list(sheet.values) == [("Name", "Units"), ("Mug", 5), ("Bowl", 3)]
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "'", "007", "1E5"])
def test_text_is_text(text):
    cell = written([(text, 1)])["Stock"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_numbers_are_numbers():
    values = [-5, Decimal("12.3456"), 0]
    (row,) = written([values])["Stock"].iter_rows(min_row=2)
    assert [cell.value for cell in row] == [-5, 12.3456, 0]
    assert {cell.data_type for cell in row} == {"n"}


def test_nothing_is_an_empty_cell():
    assert written([("Mug", None)])["Stock"]["B2"].value is None


def test_time_is_the_shops():
    moment = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
    cell = written([(moment, 1)])["Stock"]["A2"]
    assert cell.value == timezone.make_naive(moment)


def test_characters_that_no_sheet_can_hold():
    assert written([("a\x00b\x1f", 1)])["Stock"]["A2"].value == "a b "


def test_no_rows():
    assert list(written([])["Stock"].values) == [("Name", "Units")]


def test_more_rows_than_a_sheet_holds(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    workbook = written([("a", 1), ("b", 2), ("c", 3)])
    assert workbook.sheetnames == ["Stock", "Stock 2"]
    assert list(workbook["Stock 2"].values) == [("Name", "Units"), ("c", 3)]


def test_no_page_waits_for_the_library():
    code = (
        "import django, sys; django.setup(); import inventory_site.urls;"
        "sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
