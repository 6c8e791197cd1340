import pytest
from pytest_django import DjangoAssertNumQueries

from products.models import Brand, Location
from products.models.prepared import Prepared

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
