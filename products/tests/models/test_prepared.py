from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Brand, Location, Product, prepared
from products.models.prepared import Given, Prepared, Question, question
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
    monkeypatch.setattr(prepared, "_kept", {})
    monkeypatch.setattr(prepared, "MOST_KEPT", 2)
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
