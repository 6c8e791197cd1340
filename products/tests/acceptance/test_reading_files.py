"""How the real files are written, where their folder stands beside the checkout."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from products.tabular.reading import DELIMITERS, open_table
from products.tests.acceptance.files import (
    FOLDER,
    needs_files,
)

ENCODINGS = {
    "ascii": "utf-8",
    "utf-8": "utf-8",
    "utf-8 with BOM": "utf-8-sig",
    None: "xlsx",
}


def files() -> list[tuple[Path, dict]]:
    return [
        (path.parent / name, facts)
        for path in sorted(FOLDER.glob("*/expected.json"))
        for name, facts in json.loads(path.read_text()).items()
        if isinstance(facts, dict) and "header" in facts
    ]


FILES = files() or [(Path("missing"), {})]

pytestmark = needs_files


@pytest.mark.parametrize(
    ("path", "facts"),
    FILES,
    ids=[f"{path.parent.name}/{path.name}" for path, _ in FILES],
)
def test_a_file_is_read_as_it_is_written(path, facts):
    with path.open("rb") as stream:
        table = open_table(stream, known=set(), max_bytes=10_000_000)
        records = list(table.records())
    assert table.size == facts["bytes"]
    assert table.encoding == ENCODINGS[facts.get("encoding")]
    assert DELIMITERS[table.delimiter] == facts.get("delimiter", "")
    assert list(table.header) == [title.strip() for title in facts["header"]]
    assert len(records) == table.record_count == facts["data_records"]
    refused = [record for record in records if record.problem]
    assert len(refused) == facts.get("records_refused_surplus_cells_not_blank", 0)


def test_the_numbers_of_a_workbook_are_exact():
    path = FOLDER / "xlsx_bagisto" / "products.xlsx"
    facts = json.loads((path.parent / "expected.json").read_text())[path.name]
    with path.open("rb") as stream:
        table = open_table(stream, known=set(), max_bytes=10_000_000)
        rows = [
            dict(zip(table.header, each.cells, strict=True)) for each in table.records()
        ]
    prices = [Decimal(row["price"]) for row in rows if row["price"]]
    assert sum(prices) == Decimal(facts["sums"]["price"]["sum"])
    assert len(rows) - len(prices) == facts["sums"]["price"]["blank"]
    assert len({row["sku"] for row in rows}) == facts["sku"]["distinct"]
