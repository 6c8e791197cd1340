"""manage.py report_stock."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from products.services.deleting import delete_product
from products.tests.factories import (
    by,
    make_category,
    make_location,
    make_product,
    receive,
)

pytestmark = pytest.mark.django_db

DAY = (timezone.localdate() - timedelta(days=3)).isoformat()


def before(days: float):
    return by(now=timezone.now() - timedelta(days=days))


def report(*arguments: str) -> str:
    stdout = io.StringIO()
    call_command("report_stock", *arguments, stdout=stdout)
    return stdout.getvalue()


@pytest.fixture(autouse=True)
def shop():
    """Mugs, and a pan that was deleted yesterday."""
    mugs = make_category("Mugs")
    mug = make_product(
        sku="MUG",
        name="Mug “Bølge”",
        stock=5,
        cost=Decimal("2.5"),
        category=mugs,
        circumstances=before(9),
    )
    pan = make_product(sku="PAN", name="Pan", stock=1, circumstances=before(8))
    delete_product(product_id=pan.pk, circumstances=before(1))
    return mug


def test_lines_for_reading():
    first, *lines = report("--at", DAY).splitlines()
    assert first == f"Stock at {DAY} 23:59:59"
    assert lines == [
        "By category:",
        "Mugs: SKUs 1, units 5, value 12.50, SKUs without cost 0",
        "No category: SKUs 1, units 1, value 0.00, SKUs without cost 1",
        "In all:",
        "Total: SKUs 2, units 6, value 12.50, SKUs without cost 1",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_tables_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "100")
    call_command("report_stock", "--at", DAY, stdout=Terminal())
    table = capsys.readouterr().out
    assert "Mugs" in table
    assert "12.50" in table


def test_now_unless_told():
    assert "units 5" in report().splitlines()[-1]


def test_locations_where_there_are_several(shop):
    receive(shop, 2, location=make_location(), circumstances=before(5))
    assert "Back room: SKUs 1, units 2, value 5.00" in report("--at", DAY)


def test_json():
    document = json.loads(report("--at", DAY, "--json"))
    assert document["at"].startswith(f"{DAY}T23:59:59")
    assert document["rows"] == [
        {
            "sku": "MUG",
            "name": "Mug “Bølge”",
            "category": "Mugs",
            "on_hand": 5,
            "unit_cost": 2.5,
            "value": 12.5,
            "deleted": False,
        },
        {
            "sku": "PAN",
            "name": "Pan",
            "category": "",
            "on_hand": 1,
            "unit_cost": None,
            "value": None,
            "deleted": True,
        },
    ]
    assert (document["skus"], document["units"], document["value"]) == (2, 6, 12.5)
    assert document["without_cost"] == 1
    mugs = {"name": "Mugs", "skus": 1, "units": 5, "value": 12.5, "without_cost": 0}
    assert document["categories"][0] == mugs
    assert [place["units"] for place in document["locations"]] == [6]


def test_json_of_an_empty_shop():
    document = json.loads(report("--at", "1999-12-31", "--json"))
    assert (document["rows"], document["units"]) == ([], 0)


def test_csv_file(tmp_path):
    output = tmp_path / "stock.csv"
    assert report("--at", DAY, "--output", str(output)) == ""
    with output.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["sku"], row["value"]) for row in rows] == [
        ("MUG", "12.5"),
        ("PAN", ""),
    ]
    assert list(tmp_path.iterdir()) == [output]


def test_xlsx_file(tmp_path):
    output = tmp_path / "stock.XLSX"
    report("--at", DAY, "--output", str(output))
    rows = list(load_workbook(output).active.values)
    assert rows[1][:4] == ("MUG", "Mug “Bølge”", "Mugs", 5)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--at", "yesterday"),
        ("--at", "2999-01-01"),
        ("--output", "stock.ods"),
        ("--output", "/nowhere/stock.csv"),
        ("--json", "--output", "stock.csv"),
    ],
)
def test_wrong_use_is_refused(arguments):
    with pytest.raises(CommandError):
        report(*arguments)


def test_what_goes_wrong_leaves_the_old_file(tmp_path, monkeypatch):
    output = tmp_path / "stock.csv"
    output.write_text("old")
    monkeypatch.setattr(
        "products.management.commands.report_stock.stock_csv",
        lambda *args, **kwargs: iter([1 / 1, None]),
    )
    with pytest.raises(AttributeError):
        report("--output", str(output))
    assert output.read_text() == "old"
    assert list(tmp_path.iterdir()) == [output]
