"""Each query of the list of products is answered by the index made for it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Brand, Category, Product, product_queries, walking
from products.models.product_queries import ProductQuerySet
from products.models.stretches import Key, Order, Place
from products.models.walking import Narrow, Reach, keys_in_order
from products.services.inserting import insert_rows

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = Product._meta.db_table
MANY = 2_000  # enough for a planner to think about
ORDERS = {
    "name": "product_by_name",
    "updated_at": "product_by_change",
    "sku": "product_by_sku",
    "price": "product_by_price",
    "available": "product_by_available",
}
ANALYZE = {
    "sqlite": "SELECT 1",  # nobody analyzes a SQLite database: it goes by its rules
    "postgresql": "VACUUM ANALYZE products_product",
    "mysql": "ANALYZE TABLE products_product",
}


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_edges", {})
    monkeypatch.setattr(walking, "STEPS", 100)
    monkeypatch.setattr(product_queries, "FEW", 200)
    categories = [Category.objects.create(name=f"C{n}") for n in range(40)]
    brands = [Brand.objects.create(name=f"B{n}") for n in range(100)]
    insert_rows(
        [
            Product(
                sku=f"P-{number}",
                name=f"Thing {number}",
                price=number % 500,
                on_hand=number % 50,
                category=categories[number % 40],
                brand=brands[number % 100],
            )
            for number in range(MANY)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(ANALYZE[connection.vendor])


def plans(order: Order, narrow: Narrow, reach: Reach) -> list[str]:
    """The plan of each query that the first page of a list asks."""
    return [_plan(sql) for sql in questions(order, narrow, reach)]


def questions(order: Order, narrow: Narrow, reach: Reach) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        keys_in_order(order, narrow, limit=26, reach=reach)
    return [query["sql"] for query in asked.captured_queries]


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return " | ".join(row[3] for row in cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN {sql}")
            return " | ".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN FORMAT=JSON {sql}")
        return json.dumps(json.loads(cursor.fetchone()[0]))


def is_sorted(plan: str) -> bool:
    """Whether the database sorts by itself, besides what the index does."""
    return any(word in plan for word in ("TEMP B-TREE", "Sort ", "filesort"))


@pytest.mark.parametrize("column", ORDERS)
@pytest.mark.parametrize("is_falling", [False, True])
def test_a_page_is_read_off_the_index_of_its_order(
    column: str, *, is_falling: bool
) -> None:
    order = Order(column, is_falling)
    for plan in plans(order, lambda products: products.listed(), Reach.ALL):
        assert ORDERS[column] in plan
        assert not is_sorted(plan)


@pytest.mark.parametrize("column", ORDERS)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_later_page_enters_the_index_at_its_start(
    column: str, *, backwards: bool
) -> None:
    """And does not read all rows of the same value before it."""
    middle = Product.objects.order_by(column, "pk")[MANY // 2]
    place = Place(Key(getattr(middle, column), middle.pk), is_backwards=backwards)
    with CaptureQueriesContext(connection) as asked:
        keys_in_order(
            Order(column),
            lambda products: products.listed(),
            limit=100,
            place=place,
            reach=Reach.ALL,
        )
    entered = [_plan(query["sql"]) for query in asked.captured_queries]
    for plan in entered:
        assert ORDERS[column] in plan
        assert not is_sorted(plan)
    sign = "<" if backwards else ">"
    told = {
        "sqlite": f"({column}=? AND id{sign}?)",
        "postgresql": f"(ROW({column}, id) {sign} ROW(",
        "mysql": f'"used_key_parts": ["{column}", "id"]',
    }
    assert told[connection.vendor] in entered[0].partition("Filter")[0]


@pytest.mark.parametrize("column", ORDERS)
def test_a_narrow_page_walks_the_index_of_its_order(column: str) -> None:
    category = Category.objects.get(name="C3").pk

    def narrow(products: ProductQuerySet) -> ProductQuerySet:
        return products.listed().within({category})

    edge, walk, *_rest = plans(Order(column), narrow, Reach.SOME)
    assert ORDERS[column] in edge
    assert not is_sorted(edge)
    assert ORDERS[column] in walk
    if connection.vendor != "mysql":  # which may sort the few hundred rows of a walk
        assert not is_sorted(walk)


def test_rare_words_are_looked_up_in_the_index_of_words() -> None:
    order = Order("updated_at", is_falling=True)
    with _without("seqscan", "indexscan", "nestloop"):
        *_walked, rare = plans(
            order, lambda it: it.listed().search("thing 1711"), Reach.SOME
        )
    name = {"sqlite": "products_search", "postgresql": "products_search_words"}
    assert name.get(connection.vendor, "fulltext") in rare


mariadb_only = pytest.mark.skipif(
    connection.vendor != "mysql", reason="of MariaDB's index of words"
)


@mariadb_only
def test_what_is_found_is_sorted_by_name_before_products_are_read() -> None:
    *_many, plan = plans(Order("name"), lambda it: it.search("thing p"), Reach.FEW)
    index, products = plan.index('"products_search"'), plan.index('"eq_ref"')
    assert index < products
    assert plan.index("filesort") < products
    assert "temporary_table" not in plan


@mariadb_only
def test_two_words_are_asked_for_as_one() -> None:
    with CaptureQueriesContext(connection) as asked:
        keys_in_order(Order("name"), lambda it: it.search("thin bra c 7"), limit=26)
    assert "'+yybrathi' IN BOOLEAN" in asked.captured_queries[-1]["sql"]


@contextmanager
def _without(*ways: str) -> Iterator[None]:
    """Of a few thousand rows PostgreSQL would read all: let it not."""
    if connection.vendor != "postgresql":
        ways = ()
    with connection.cursor() as cursor:
        for way in ways:
            cursor.execute(f"SET enable_{way} = off")
        try:
            yield
        finally:
            for way in ways:
                cursor.execute(f"RESET enable_{way}")


def test_a_walk_reads_no_other_index_from_end_to_end() -> None:
    """Those of few have all that is asked for where no order's index has it."""
    order = Order("updated_at", is_falling=True)
    with _without("seqscan", "bitmapscan"):
        _edge, walk, *_rest = plans(
            order, lambda products: products.listed().in_stock_state("low"), Reach.SOME
        )
    named = '"key": "{}"' if connection.vendor == "mysql" else "{}"
    assert named.format("product_by_change") in walk


def test_a_walk_compares_pairs_last() -> None:
    """SQLite judges a row in the order of the words; a pair takes the longest."""
    brand = Brand.objects.get(name="B3").pk
    _edge, walk, *_rest = questions(
        Order("name"), lambda products: products.of_brand(brand), Reach.SOME
    )
    assert 0 < walk.index("COALESCE") < walk.index(">=" if ">=" in walk else "<=")


@pytest.mark.parametrize(
    ("narrow", "index"),
    [
        (lambda it, c, b: it.of_brand(b), "product_few_of_brand"),
        (lambda it, c, b: it.of_brand(b).in_stock_state("out"), "product_few_of_brand"),
        (lambda it, c, b: it.within({c}), "product_few_in_category"),
        (
            lambda it, c, b: it.within({c}).in_stock_state("out"),
            "product_few_in_category",
        ),
        (lambda it, c, b: it.within({c}).of_brand(b), "product_few_of_brand_in"),
        (lambda it, c, b: it.with_status("draft"), "product_few_by_status"),
        (lambda it, c, b: it.in_stock_state("low"), "product_few_by_state"),
    ],
)
def test_few_are_found_and_sorted_by_an_index_alone(narrow: object, index: str) -> None:
    category, brand = Category.objects.get(name="C3"), Brand.objects.get(name="B3")
    (few,) = questions(
        Order("updated_at", is_falling=True),
        lambda products: narrow(products.listed(), category.pk, brand.pk),
        Reach.FEW,
    )
    assert index in _plan(few)
    assert not _reads_rows(few)


def _reads_rows(sql: str) -> bool:
    """Whether a query reads products besides the entries of an index."""
    if connection.vendor == "postgresql":
        return "Index Only Scan" not in _plan(sql)
    if connection.vendor == "mysql":
        return '"using_index": true' not in _plan(sql)
    # SQLite calls no index covering where a computed column is asked for. It tells by
    # its program: what is opened, and what columns are read of.
    with connection.cursor() as cursor:
        cursor.execute("SELECT rootpage FROM sqlite_master WHERE name = %s", [TABLE])
        (table,) = cursor.fetchone()
        cursor.execute(f"EXPLAIN {sql}")
        steps = cursor.fetchall()
    opened = {step[2] for step in steps if step[1] == "OpenRead" and step[3] == table}
    return any(step[1] == "Column" and step[2] in opened for step in steps)
