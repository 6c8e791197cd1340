"""Rows that are inserted fast are the rows `bulk_create` would have stored."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, transaction

from products.models import (
    Brand,
    ImportRow,
    ImportRun,
    Operation,
    Product,
    ProductChange,
    StockLevel,
)
from products.services import inserting
from products.services.inserting import (
    insert_rows,
    insert_unless_taken,
    insert_values,
    update_rows,
)
from products.tests.factories import make_location, make_product

pytestmark = pytest.mark.django_db

HARD = "Tab\t, break\n, \\N, quote\" ', {curly}, 100 %s, naïve ☃"


def product(sku, brand=None):
    return Product(
        sku=sku,
        name=HARD,
        price=Decimal("12.5"),
        cost=Decimal("0.000001"),
        brand=brand,
        status=Product.Status.DRAFT,
        created_at=datetime(2026, 3, 1, 12, 0, 0, 123456, UTC),
        reorder_point=None,
    )


def columns(model, **found):
    names = [
        field.attname
        for field in model._meta.local_concrete_fields
        if field.attname not in {"id", "sku", "sku_key", "search_text", "updated_at"}
    ]
    return model.objects.filter(**found).values(*names).get()


@pytest.fixture(params=["few", "many"], autouse=True)
def how_many(request, monkeypatch):
    """PostgreSQL takes many rows another way than few."""
    if request.param == "many":
        monkeypatch.setattr(inserting, "FEW", 0)


def test_products_are_stored_as_bulk_create_stores_them():
    brand = Brand.objects.create(name="Bølge")
    Product.objects.bulk_create([product("Plain-1", brand)])
    insert_rows([product("Fast-1", brand)])
    assert columns(Product, sku="Fast-1") == columns(Product, sku="Plain-1")


def test_what_is_derived_is_derived():
    insert_rows([product(" Straße-1")])
    stored = Product.objects.get()
    assert stored.sku_key == "strasse-1"
    assert "strasse" in stored.search_text
    assert (stored.available, stored.stock_status) == (0, "out")


def test_json_comes_back():
    operation = Operation.objects.create(kind="imported", actor_label="T")
    value = {"name": HARD, "none": None, "list": ["\\", "\t", '"']}
    change = ProductChange(operation=operation, product_id=7, sku="A", after=value)
    insert_rows([change])
    stored = ProductChange.objects.get(pk=change.pk)
    assert (stored.before, stored.after) == (None, value)


def test_each_object_gets_the_id_of_its_row():
    run = ImportRun.objects.create(file_name="a.csv", size=1, actor_label="T")
    rows = [ImportRow(run=run, record=n, outcome="new") for n in range(1, 2_501)]
    insert_rows(rows)
    stored = dict(ImportRow.objects.values_list("record", "pk"))
    assert all(stored[row.record] == row.pk for row in rows)
    assert not rows[0]._state.adding


def test_values_alone_are_stored_as_their_objects_would_be():
    run = ImportRun.objects.create(file_name="a.csv", size=1, actor_label="T")
    values = {"outcome": "new", "name": HARD, "plan": {"values": {"name": HARD}}}
    insert_values(
        ImportRow,
        [
            {"run_id": run.pk, "record": 1, **values},
            {"run_id": run.pk, "record": 3, "outcome": "refused"},
        ],
    )
    ImportRow.objects.create(run=run, record=2, **values)
    ImportRow.objects.create(run=run, record=4, outcome="refused")
    plain, bare = (columns(ImportRow, record=record) for record in (2, 4))
    assert columns(ImportRow, record=1) == plain | {"record": 1}
    assert columns(ImportRow, record=3) == bare | {"record": 3}


def test_constraints_hold():
    level = StockLevel(
        product=make_product(), location=make_location(code="B"), on_hand=-1, value=0
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([level])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([product("Twice"), product("twice")])
    assert not Product.objects.filter(sku__iexact="twice").exists()


def test_a_text_that_is_too_long_is_never_cut():
    operation = Operation(kind="imported", actor_label="x" * 200)
    with suppress(DataError), transaction.atomic():  # SQLite knows no length
        insert_rows([operation])
    labels = Operation.objects.values_list("actor_label", flat=True)
    assert all(len(label) == 200 for label in labels)


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows([])
        insert_values(ImportRow, [])


def test_rows_that_come_back_keep_their_ids():
    gone = make_product(sku="Gone")
    kept = gone.pk
    columns_then = columns(Product, pk=kept)
    Product.objects.filter(pk=kept).delete()
    make_product(sku="Later")
    insert_rows([gone], keeps_ids=True)
    assert gone.pk == kept
    assert columns(Product, pk=kept) == columns_then


class TestUnlessTaken:
    """The transaction goes on, whatever comes of it."""

    def operation(self, **columns):
        known = {"kind": "imported", "actor_label": "T", "idempotency_key": "k"}
        return Operation(**known | columns)

    def test_a_new_key_is_stored(self):
        operation = self.operation(reason=HARD)
        assert insert_unless_taken(operation, "idempotency_key")
        stored = Operation.objects.get()
        assert (stored, stored.reason) == (operation, HARD)

    def test_a_key_that_is_there_is_left_alone(self):
        first = Operation.objects.create(kind="imported", idempotency_key="k")
        assert not insert_unless_taken(self.operation(), "idempotency_key")
        assert Operation.objects.get() == first

    def test_no_key_is_never_taken(self):
        for _time in range(2):
            operation = self.operation(idempotency_key=None)
            assert insert_unless_taken(operation, "idempotency_key")

    def test_what_else_is_taken_is_refused(self):
        first = Operation.objects.create(kind="imported", actor_label="T")
        Operation.objects.create(kind="undone", actor_label="T", reverses=first)
        again = self.operation(reverses=first)
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_unless_taken(again, "idempotency_key")
        assert Operation.objects.count() == 2


class TestUpdating:
    def test_named_columns_and_what_is_derived_are_written(self):
        kept = [make_product(sku=sku, name="Mug", price=1, cost=1) for sku in "ABC"]
        for each in kept:
            each.name, each.price, each.cost, each.barcode = HARD, 5, None, each.sku
        fields = ["name", "cost", "barcode", "search_text"]
        update_rows(kept[:2], fields)
        rows = Product.objects.order_by("sku")
        assert [(row.name, row.cost, row.barcode) for row in rows] == [
            (HARD, None, "A"),
            (HARD, None, "B"),
            ("Mug", 1, None),
        ]
        assert {row.price for row in rows} == {1}
        assert ["quote" in row.search_text for row in rows] == [True, True, False]
        assert [row.pk for row in rows] == [each.pk for each in kept]

    def test_more_than_a_statement_takes(self, monkeypatch):
        monkeypatch.setattr(inserting, "MOST_ROWS", 2)
        kept = [make_product(sku=f"S{n}") for n in range(5)]
        for number, each in enumerate(kept):
            each.price = number
        update_rows(kept, ["price"])
        prices = Product.objects.order_by("pk").values_list("price", flat=True)
        assert list(prices) == [0, 1, 2, 3, 4]

    def test_constraints_hold(self):
        level = StockLevel.objects.create(
            product=make_product(), location=make_location(code="B"), value=0
        )
        level.on_hand = -1
        with pytest.raises(IntegrityError), transaction.atomic():
            update_rows([level], ["on_hand"])
        level.refresh_from_db()
        assert level.on_hand == 0

    def test_what_another_row_has_is_refused(self):
        one, other = make_product(barcode="X-1"), make_product(sku="B")
        other.barcode = "X-1"
        with pytest.raises(IntegrityError), transaction.atomic():
            update_rows([other], ["barcode"])
        codes = Product.objects.order_by("pk").values_list("pk", "barcode")
        assert list(codes) == [(one.pk, "X-1"), (other.pk, None)]
