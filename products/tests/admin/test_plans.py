"""Each list of the admin is read by an index on each database, and no table as a whole.

Two thousand products are enough for SQLite and MariaDB to prefer the indexes. For
PostgreSQL they are too few, so reading the whole table and sorting are switched off
there: what is still read whole, or sorted, has no index.
"""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Operation, Product
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import add_many, by

# Committed: MariaDB's statistics know no other rows.
pytestmark = pytest.mark.django_db(transaction=True)

LONG = {
    "products_product",
    "products_stockmovement",
    "products_stocklevel",
    "products_productchange",
    "products_operation",
    "products_hold",
}
ORDERED = [
    "product/",
    "product/?p=2",
    "product/?p=-1",
    "product/?p=-2",
    *(f"product/?o={sign}{at}" for sign in ("", "-") for at in (2, 3, 5, 6, 9)),
    "product/?o=-5&p=-1",
    "stockmovement/",
    "stockmovement/?p=2",
    "stockmovement/?p=-1",
    "stockmovement/?o=0",
    "stockmovement/?o=-0&p=-1",
    "stockmovement/?kind__exact=opening",
    "stockmovement/?kind__exact=opening&o=0&p=-1",
    "stocklevel/",
    "stocklevel/?p=-1",
    "productchange/",
    "productchange/?p=-1",
    "operation/",
    "operation/?kind__exact=undone",
    "hold/",
]
FOUND = [
    "product/?q=S1999",
    "stockmovement/?q=S1999",
    "stockmovement/?q=S199",
    "stockmovement/?q=nothing",
    "stockmovement/?product__id__exact={pk}",
    "stockmovement/?product__id__exact={pk}&kind__exact=opening",
    "stockmovement/?q=S199&kind__exact=opening&location__id__exact=1",
    "stocklevel/?q=S1999",
    "stocklevel/?q=S199",
    "stocklevel/?product__id__exact={pk}",
    "productchange/?q=S1999",
    "productchange/?q=S199",
    "productchange/?product__id__exact={pk}",
    "operation/?q=17",
    "operation/?q=words",
    "hold/?q=S1999",
]


@pytest.fixture
def shop(root, monkeypatch):
    """Two thousand products, each with a movement and a level, some of them held."""
    add_many(2_000)
    wanted = [
        Wanted(pk, 1) for pk in Product.objects.values_list("pk", flat=True)[:500]
    ]
    hold_stock(wanted=wanted, circumstances=by())
    kind, source = Operation.Kind.STOCK_ADJUSTED, Operation.Source.SITE
    Operation.objects.bulk_create(
        Operation(kind=kind, source=source, actor_label="T") for _ in range(2_000)
    )
    monkeypatch.setattr("products.admin.paging.EXACT_UP_TO", 200)
    monkeypatch.setattr("products.admin.searching.NEWEST", 100)
    if connection.vendor == "mysql":
        ask(f"ANALYZE TABLE {', '.join(sorted(LONG))}")
    if connection.vendor == "postgresql":
        ask("SET enable_seqscan = off")
    yield root
    if connection.vendor == "postgresql":
        ask("RESET enable_seqscan", "RESET enable_sort")


def read(client, address: str) -> list[str]:
    """Return the questions to the long tables that the page asks."""
    address = address.format(pk=Product.objects.latest("pk").pk)
    with CaptureQueriesContext(connection) as context:
        assert client.get(f"/admin/products/{address}").status_code == 200
    asked = [query["sql"] for query in context.captured_queries]
    return [sql for sql in asked if LONG & set(re.findall(r"\bproducts_\w+", sql))]


def ask(*statements: str) -> list:
    """Return the answer to the last of them."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def nodes(plan: dict) -> list[dict]:
    inner = [node for part in plan.get("Plans", ()) for node in nodes(part)]
    return [plan, *inner]


def faults(sql: str, *, is_ordered: bool) -> list[str]:
    """Return what a plan does that costs more with every row of the table."""
    if connection.vendor == "sqlite":
        lines = [row[3] for row in ask(f"EXPLAIN QUERY PLAN {sql}")]
        scans = [line for line in lines if line.startswith("SCAN products_")]
        sorts = [line for line in lines if "TEMP B-TREE" in line]
        if is_ordered or "WHERE" not in sql:  # then a scan is a walk in some order
            return sorts
        return [line for line in scans if line.split()[1] in LONG]
    if connection.vendor == "postgresql":
        sorting = f"SET enable_sort = {'off' if is_ordered else 'on'}"
        (content,) = ask(sorting, f"EXPLAIN (FORMAT JSON) {sql}")[0]
        tree = json.loads(content) if isinstance(content, str) else content
        steps = nodes(tree[0]["Plan"])
        return [
            f"{step['Node Type']} {step.get('Relation Name', '')}"
            for step in steps
            if (step["Node Type"] == "Seq Scan" and step["Relation Name"] in LONG)
            or (is_ordered and step["Node Type"] in {"Sort", "Incremental Sort"})
        ]
    return [
        f"{table} {how} {extra}"
        for _id, _select, table, how, *_keys, extra in ask(f"EXPLAIN {sql}")
        if table in LONG and (how == "ALL" or (is_ordered and "filesort" in str(extra)))
    ]


@pytest.mark.parametrize("is_ordered", [True, False], ids=["in order", "found"])
def test_every_list_has_its_index(shop, is_ordered):
    found = {
        address: [
            (fault, sql)
            for sql in read(shop, address)
            for fault in faults(sql, is_ordered=is_ordered)
        ]
        for address in (ORDERED if is_ordered else FOUND)
    }
    assert not {address: bad for address, bad in found.items() if bad}
