"""The long reports and lists are read by an index on each database, none as a whole.

Two thousand movements are enough for SQLite and MariaDB to prefer the indexes. For
PostgreSQL they are too few, so reading the whole table and sorting are switched off
there: what is still read whole, or sorted, has no index.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from products.models import Product, StockMovement
from products.reports import stock_cells as cells
from products.reports.history import on_hand_history
from products.reports.movement_history import all_movements
from products.reports.movements import ledger_of, newest_of
from products.services.balances import late_balances
from products.tests.factories import add_many, by

pytestmark = pytest.mark.django_db(transaction=True)  # for the statistics of MariaDB

WHOLE = {
    "sqlite": r"SCAN (products_stockmovement|products_stocklevel)\b(?! USING COVERING)",
    "postgresql": r"Seq Scan on (products_stockmovement|products_stocklevel)\b",
    "mysql": r'"table_name": "products_stock(movement|level)",\s+"access_type": "ALL"',
}
SORTED = {  # MariaDB sorts where it expects one row
    "sqlite": "TEMP B-TREE",
    "postgresql": "Sort Key",
    "mysql": "temporary_table",
}
PLAIN = {  # how a plan is asked for, and what has to be said before
    "sqlite": ("EXPLAIN QUERY PLAN", []),
    "postgresql": ("EXPLAIN", ["SET enable_seqscan = off", "SET enable_sort = off"]),
    "mysql": ("EXPLAIN FORMAT=JSON", ["ANALYZE TABLE products_stockmovement"]),
}
NOW = timezone.now()
THEN = NOW - timedelta(days=1)


@pytest.fixture(autouse=True)
def shop():
    add_many(2_000)
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET ALL")


def plans_of(work) -> str:
    """Return the plans of the queries that `work` asks of levels and movements."""
    with CaptureQueriesContext(connection) as queries:
        work()
    explain, before = PLAIN[connection.vendor]
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
        plans = []
        for query in queries:
            sql = query["sql"].strip()
            if "products_stock" in sql and sql.startswith("SELECT"):
                cursor.execute(f"{explain} {sql}")
                plans += [" ".join(map(str, row)) for row in cursor.fetchall()]
    assert plans
    return "\n".join(plans)


def assert_indexed(plans: str) -> None:
    assert not re.search(WHOLE[connection.vendor], plans), plans
    assert not re.search(SORTED[connection.vendor], plans), plans


def test_balances_of_a_past_date_come_off_the_index(monkeypatch):
    # What a cursor on the server reads is not among the captured queries.
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    tomorrow = NOW + timedelta(days=1)
    plans = plans_of(lambda: list(cells._last_balances(tomorrow)))
    assert "movement_balances" in plans
    if connection.vendor != "mysql":  # which looks each level up
        assert_indexed(plans)


def test_what_moved_since_and_late_entries():
    assert "movement_late" in plans_of(lambda: cells._changes_since(NOW))
    assert "movement_late" in plans_of(lambda: late_balances(THEN))


def test_page_of_a_product():
    pk = Product.objects.latest("pk").pk
    assert_indexed(plans_of(lambda: ledger_of(pk)))
    assert_indexed(plans_of(lambda: newest_of(pk, 10)))


def test_chart_of_what_moves_all_day(monkeypatch):
    pk = Product.objects.latest("pk").pk
    monkeypatch.setattr("products.reports.history.MOST", 0)
    plans = plans_of(lambda: on_hand_history(pk, on_hand=5))
    assert "movement_balances" in plans
    assert not re.search(WHOLE[connection.vendor], plans), plans


@pytest.mark.parametrize("kind", StockMovement.Kind.values)
def test_movements_of_one_kind(kind):
    newest = StockMovement.objects.latest("pk").pk
    rows = all_movements().filter(kind=kind, pk__gte=newest - 500, pk__lte=newest)
    keys = rows.order_by("-pk").values_list("pk", flat=True)[:51]
    assert_indexed(plans_of(lambda: list(keys)))


def test_movements_of_one_person_begin_with_the_movements(client, admin):
    client.force_login(admin)
    by("Nobody")
    with CaptureQueriesContext(connection) as queries:
        client.get("/stock/movements", {"person": "Nobody"})
    walked = [one["sql"] for one in queries if "EXISTS" in one["sql"].upper()]
    assert walked
    explain, _before = PLAIN[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {walked[0]}")
        plan = "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())
    assert not re.search(r"SCAN products_operation", plan), plan
