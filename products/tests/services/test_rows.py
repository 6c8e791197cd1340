"""Rows that are read and made without Django's detours are those it would give."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Location, Operation, Product, StockLevel, StockMovement
from products.services.locking import (
    kind_of_place,
    lock_for_posting,
    lock_levels,
    lock_products,
)
from products.services.operations import Once
from products.services.rows import fetch, make
from products.tests.factories import by, make_location, make_product, receive

pytestmark = pytest.mark.django_db


def columns(it: models.Model) -> dict[str, Any]:
    return {name: value for name, value in vars(it).items() if name != "_state"}


def test_whole_rows_are_what_the_manager_reads() -> None:
    product = make_product(
        stock=5, price=Decimal("12.50"), cost=Decimal("0.000001"), weight=None
    )
    receive(product, 2, circumstances=by(once=Once("k", {"é": 1})))
    for model in (Product, StockLevel, StockMovement, Location, Operation):
        rows = fetch(model, "WHERE id > %s ORDER BY id", [0])
        stored = list(models.QuerySet(model).order_by("pk"))
        assert [columns(row) for row in rows] == [columns(row) for row in stored]
        assert rows == stored
        assert not any(row._state.adding for row in rows)


def test_a_fetched_row_can_be_changed_and_saved() -> None:
    make_product(price=1)
    (product,) = fetch(Product, "WHERE price = %s", [1])
    product.name = "Bowl"
    product.save()
    assert Product.objects.get().name == "Bowl"


def test_other_columns_are_asked_for_when_they_are_used(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_product(name="Mug", price=5)
    with django_assert_num_queries(1):
        (product,) = fetch(Product, "WHERE id > %s", [0], only=("name",))
        assert (product.pk > 0, product.name) == (True, "Mug")
    with django_assert_num_queries(1):
        assert product.price == 5


def test_one_more_text_stands_on_the_object() -> None:
    make_product(stock=1)
    also = ("twice", "(SELECT 'a text')")
    (level,) = fetch(StockLevel, "WHERE on_hand = %s", [1], also=also)
    assert vars(level)["twice"] == "a text"


def test_a_made_object_is_one_that_its_class_would_make() -> None:
    now = timezone.now() - timedelta(hours=1)
    given = {"kind": "imported", "actor_label": "T", "source": "site"}
    whole = {"reason": "", "reference": "", "created_at": now, "request_hash": ""}
    empty = {"id": None, "actor_id": None, "idempotency_key": None, "reverses_id": None}
    made = make(Operation, {**given, **whole, **empty})
    assert columns(made) == columns(Operation(**given, **whole))
    assert made._state.adding
    made.save()
    assert Operation.objects.get() == made


class TestLocks:
    def test_what_posting_needs_is_one_query(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        product = make_product(cost=3)
        with django_assert_num_queries(1):
            locked = lock_for_posting([product.pk])[product.pk]
            assert (locked.sku, locked.name) == (product.sku, product.name)
            assert locked.cost == 3

    def test_levels_know_the_kind_of_their_place(self) -> None:
        product = make_product(stock=1)
        van = make_location("T", "Van", kind="transit")
        receive(product, 1, location=van)
        kinds = {
            key[1] == van.pk: kind_of_place(level)
            for key, level in lock_levels([product.pk]).items()
        }
        assert kinds == {False: "stock", True: "transit"}
        assert kind_of_place(StockLevel()) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lock", [lock_products, lock_for_posting, lock_levels])
def test_nothing_is_locked_without_a_transaction(lock: Any) -> None:
    product = make_product(stock=1)
    with pytest.raises(TransactionManagementError):
        lock([product.pk])
