"""LibreOffice opens our files and gives the same cells back; nothing in them runs.

Skipped where it isn't installed: apt-get install --no-install-recommends
libreoffice-calc.
"""

import csv
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from products.exporting.products import ExportRequest
from products.exporting.registry import EXPORTS
from products.models import Product
from products.tests.exporting.catalogues import LOOKALIKE, make_shop_with_everything
from products.tests.importing.files import counts, import_text

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# Comma, double quote, UTF-8, from line 1; columns as text (2), of which 40 are enough.
AS_TEXT = "CSV:44,34,76,1," + "/".join(f"{column}/2" for column in range(1, 41))
AS_IT_COMES = "CSV:44,34,76,1"
PATIENCE = 120  # seconds; the first start makes a profile

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) isn't installed"),
]


@pytest.fixture
def shop():
    make_shop_with_everything()


def exported(code: str, folder: Path) -> Path:
    asked = ExportRequest(Product.objects.order_by("sku_key"), with_cost=True)
    file = folder / f"shop.{EXPORTS[code].extension}"
    file.write_bytes(b"".join(EXPORTS[code].write(asked)))
    return file


def resaved(file: Path, *options: str) -> Path:
    """Open `file` in LibreOffice and save it as a workbook."""
    folder = file.parent / "saved"
    profile = f"-env:UserInstallation=file://{file.parent / 'profile'}"
    to_xlsx = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    command = [str(OFFICE), "--headless", profile, *options, *to_xlsx, str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return folder / f"{file.stem}.xlsx"


def cells(file: Path) -> list[list[tuple[str, str]]]:
    """Type and text of each cell; an "f" would be a formula."""
    sheet = load_workbook(file).active
    return [
        [(cell.data_type, _text(cell.value)) for cell in row]
        for row in sheet.iter_rows()
    ]


def _text(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    return "" if value is None else str(value)


def test_a_workbook_has_the_same_cells(shop, tmp_path):
    file = exported("xlsx", tmp_path)
    ours, theirs = cells(file), cells(resaved(file))
    assert theirs == [[(kind, plain(text)) for kind, text in row] for row in ours]
    assert {kind for row in theirs for kind, _text in row} == {"s", "n"}


def plain(text: str) -> str:
    """Say what a sheet shows of a text whose underscore had to be escaped."""
    return text.replace("_x005F_", "_")


def test_a_workbook_saved_there_changes_nothing_here(shop, tmp_path):
    # LibreOffice reads the escape right, but doesn't write one.
    Product.objects.filter(sku=LOOKALIKE).update(name="Plain")
    data = resaved(exported("xlsx", tmp_path)).read_bytes()
    outcome = import_text(data, sets_stock=True)
    assert counts(outcome) == (0, 0, Product.objects.count(), 0), outcome.findings


def test_csv_read_as_text_has_the_same_cells(shop, tmp_path):
    file = exported("native", tmp_path)
    text = file.read_bytes().decode("utf-8-sig")
    ours = [
        [cell.replace("\r\n", "\n") for cell in row]
        for row in csv.reader(io.StringIO(text, newline=""))
    ]
    theirs = cells(resaved(file, f"--infilter={AS_TEXT}"))
    assert [[text for _kind, text in row] for row in theirs] == ours


def test_nothing_in_a_csv_runs(shop, tmp_path):
    theirs = cells(resaved(exported("native", tmp_path), f"--infilter={AS_IT_COMES}"))
    kinds = {kind for row in theirs for kind, _text in row}
    assert "f" not in kinds
    names = {row[1][1] for row in theirs}
    assert {"'=1+1", "'@SUM(1,1)", "'+49 30 1", "'-1"} <= names
