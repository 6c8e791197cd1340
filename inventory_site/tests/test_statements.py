"""Questions that are made once: the answers stay those of the querysets."""

import gc
import weakref
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from inventory_site import statements
from inventory_site.statements import Given, Prepared, Question, question
from products.models import Brand, Location, Product
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_it_answers_as_the_queryset_does_each_time(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = []

    def make():
        made.append(1)
        return Brand.objects.exclude(name="50 % off").values_list("pk", "name")

    brands = Prepared(make)
    for name in ("Ålesund", "50 % off", "Zen"):
        Brand.objects.create(name=name)
        expected = tuple(make())
        made.pop()
        with django_assert_num_queries(1):
            assert brands.rows() == expected
    assert len(made) == 1
    assert len(brands.rows()) == 2


def test_choices_of_a_field_are_compared_as_text() -> None:
    places = Location.objects.filter(kind=Location.Kind.STOCK).values_list("pk", "name")
    assert Prepared(places.all).rows() == tuple(places)


def test_numbers_take_their_places() -> None:
    brands = [Brand.objects.create(name=name) for name in "abcd"]
    asked = Prepared(lambda *ids: Brand.objects.filter(pk__in=ids).values_list("name"))
    for several in (brands[:2], brands[2:], brands[:1]):
        found = asked.rows(*[brand.pk for brand in several])
        assert sorted(found) == [(brand.name,) for brand in several]


def test_a_question_of_converted_columns_answers_as_its_queryset() -> None:
    make_product(name="Mug", price=Decimal("12.90"))
    products = Product.objects.values_list("created_at", "price", "name", "pk")
    rows = Prepared(products.all, is_converted=True).rows()
    assert rows == tuple(products)
    assert isinstance(rows[0][0], datetime)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="no other keeps plans")
def test_a_connection_keeps_one_plan_for_numbers_of_any_size() -> None:
    asked = Prepared(lambda pk: Brand.objects.filter(pk=pk).values_list("name"))
    for pk in (1, 40_000, 3_000_000_000, 2, 70_000):
        asked.rows(pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%products_brand%"],
        )
        assert cursor.fetchone() == (1,)


def test_the_log_of_queries_has_their_values() -> None:
    asked = Prepared(lambda pk: Brand.objects.filter(pk=pk).values_list("name"))
    for _time in range(4):
        with CaptureQueriesContext(connection) as queries:
            asked.rows(4711)
        assert "4711" in queries.captured_queries[0]["sql"]


def test_a_question_is_asked_with_what_is_given() -> None:
    before = timezone.now()
    products = [make_product(sku=sku, price=Decimal("9.90")) for sku in "abc"]
    field = Product._meta.get_field("created_at")
    shown = Product.objects.order_by("sku").values_list("sku", "price", "created_at")
    asked = Question(shown.filter(created_at__gt=Given("moment", field)))
    last = products[1].created_at
    for moment, count in ((before, 3), (last, 1), (timezone.now(), 0)):
        expected = list(shown.filter(created_at__gt=moment))
        assert asked.rows({"moment": moment}) == expected
        assert len(expected) == count


def test_of_what_made_it_a_question_keeps_the_sql_alone() -> None:
    rows = Product.objects.values_list("created_at", "pk")
    query = weakref.ref(rows.query)
    asked = Question(rows)
    del rows
    gc.collect()
    assert query() is None
    assert asked.rows({}) == []


def test_a_question_counts_what_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Brand.objects.bulk_create([Brand(name=name) for name in "abcd"])
    with django_assert_num_queries(1):
        assert Question(Brand.objects.values_list("pk")[:3]).count() == 3


def test_of_nothing_nobody_is_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        nothing = Question(Brand.objects.filter(pk__in=[]).values_list("pk"))
        assert (nothing.rows({}), nothing.count()) == ([], 0)


def test_a_question_is_kept_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_kept", {})
    monkeypatch.setattr(statements, "MOST_KEPT", 2)
    made = []

    def make():
        made.append(1)
        return Brand.objects.values_list("pk")

    for name in ("a", "a", "b", "b", "a"):
        question(name, make)
    assert len(made) == 2
    question(None, make)
    assert len(made) == 3
    for name in ("c", "a"):  # there is room for two, so all are forgotten
        question(name, make)
    assert len(made) == 5
