"""What a spreadsheet did to a cell is never stored, and costs as little as can be."""

import pytest

from products.models import Product
from products.tests.importing.files import import_text, notes, product, refused
from products.tests.tabular.workbooks import workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("barcode", "said"),
    [
        ("5.90123E+12", "rounded this barcode"),
        ("'5.90123E+12", "rounded this barcode"),
        ("12345678905", "probably 012345678905"),
        ("2025-03-01 00:00:00", "made a date"),
        ("#N/A", "formula has failed"),
        ("#FORMULA?", "not in the file"),
    ],
)
def test_a_damaged_barcode_costs_the_cell(barcode, said):
    outcome = import_text(f"sku,name,barcode\nA,Mug,{barcode}\n")
    ((record, column, note),) = notes(outcome)
    assert (record, column) == (2, "barcode")
    assert said in note
    assert product("A").barcode is None


def test_an_old_barcode_stays():
    import_text("sku,name,barcode\nA,Mug,012345678905\n")
    import_text("sku,name,barcode\nA,Mug,12345678905\n")
    assert product("A").barcode == "012345678905"


def test_an_apostrophe_keeps_a_barcode_as_it_is_typed():
    import_text("sku,name,barcode\nA,Mug,'12345678905\n")
    assert product("A").barcode == "12345678905"


@pytest.mark.parametrize("sku", ["1.00E+05", "1-Mar", "Mar-01", "#REF!", "09:30:00"])
def test_a_damaged_sku_costs_its_record(sku):
    outcome = import_text(f"sku,name\n{sku},Mug\nB,Cup\n")
    assert [(record, column) for record, column, _ in refused(outcome)] == [(2, "sku")]
    assert [each.sku for each in Product.objects.all()] == ["B"]


@pytest.mark.parametrize("sku", ["1E5", "12E4", "1-MAR", "2025-03-01", "#1", "'1-Mar"])
def test_a_sku_that_only_looks_odd_is_taken(sku):
    import_text(f"sku,name\n{sku},Mug\n")
    assert Product.objects.get().sku == sku.removeprefix("'")


@pytest.mark.parametrize(
    "column", ["brand", "category", "description", "supplier", "tags"]
)
def test_a_failed_formula_costs_a_text_the_record_can_do_without(column):
    outcome = import_text(f"sku,name,{column}\nA,Mug,#REF!\n")
    ((_record, noted, note),) = notes(outcome)
    assert noted == column
    assert "formula has failed" in note
    assert product("A").name == "Mug"


@pytest.mark.parametrize("column", ["name", "price", "on_hand", "option1"])
def test_a_failed_formula_costs_the_record_where_it_matters(column):
    outcome = import_text(f"sku,{column}\nA,#VALUE!\n")
    assert [each[:2] for each in refused(outcome)] == [(2, column)]
    assert not Product.objects.exists()


def test_a_workbook_is_imported_like_any_file():
    rows = (
        "<row r='2'><c><v>4711</v></c><c t='inlineStr'><is><t>Mug</t></is></c></row>"
        "<row r='3'><c s='1'><v>45717</v></c><c t='s'><v>1</v></c></row>"
        "<row r='4'><c><f>A2&amp;1</f></c><c t='s'><v>1</v></c></row>"
    )
    outcome = import_text(workbook(rows))
    assert outcome.run.encoding == "xlsx"
    assert [reason for *_, reason in refused(outcome)] == [
        "A spreadsheet has made a date of this code.",
        "The result of the formula in this cell is not in the file.",
    ]
    assert product("4711").name == "Mug"
    assert import_text(workbook(rows)).run.unchanged_count == 1
