"""backups.rows: what can't be read is never written as something else."""

import json

import pytest
from django.db import connection

from products.backups.refusals import BackupRefused
from products.backups.rows import read_lines
from products.backups.tables import Table
from products.models import ImportRow, ImportRun, Operation, Product, StockLevel
from products.models.guards import drop_guards
from products.tests.factories import make_product
from products.tests.importing.files import plan_text
from products.tests.spoiling import TIMES, Spoil, spoil

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value"),
]


@pytest.mark.parametrize("bad", TIMES)
@pytest.mark.parametrize(
    ("model", "column", "words"),
    [
        (Operation, "created_at", "operation 1: when"),
        (StockLevel, "last_recorded_at", "stock level 1: last recorded at"),
    ],
)
def test_a_time_that_is_none_is_not_written_as_null(model, column, words, bad):
    make_product(stock=1)
    drop_guards(connection)
    assert spoil(Spoil(model._meta.db_table, (column,), bad))
    with pytest.raises(BackupRefused, match=words):
        list(read_lines(Table(model)))


def test_a_time_that_is_not_there_is():
    run = plan_text("sku,name\nA,Mug\n")
    ImportRun.objects.update(alive_at=None)
    table = Table(ImportRun)
    (line,) = read_lines(table)
    row = dict(zip(table.columns, json.loads(line), strict=True))
    assert (row["id"], row["alive_at"]) == (run.pk, None)


@pytest.mark.parametrize(
    ("model", "column", "bad"),
    [
        (StockLevel, "on_hand", "many"),
        (StockLevel, "on_hand", -7),
        (StockLevel, "value", "dear"),
        (Product, "version", 1.5),
    ],
)
def test_a_number_that_is_none_stops_the_backup(model, column, bad):
    make_product(stock=1)
    assert spoil(Spoil(model._meta.db_table, (column,), bad))
    with pytest.raises(BackupRefused, match="can't be read"):
        list(read_lines(Table(model)))


def test_json_of_another_shape_is_kept_as_it_is():
    plan_text("sku,name\nA,Mug\n")
    ImportRun.objects.update(upload="")
    assert spoil(Spoil(ImportRun._meta.db_table, ("report",), '{"header": 5}'))
    table = Table(ImportRun)
    (line,) = read_lines(table)
    row = dict(zip(table.columns, json.loads(line), strict=True))
    assert row["report"] == {"header": 5}


@pytest.mark.parametrize(
    ("model", "column", "bad", "words"),
    [
        (ImportRun, "report", "{broken", "import: report"),
        (ImportRun, "report", "null", "import: report"),
        (ImportRow, "plan", "{broken", "row of an import 1: plan"),
    ],
)
def test_json_that_is_none_stops_the_backup(model, column, bad, words):
    plan_text("sku,name\nA,Mug\n")
    assert spoil(Spoil(model._meta.db_table, (column,), bad))
    with pytest.raises(BackupRefused, match=words):
        list(read_lines(Table(model)))
