"""What the list of products can be narrowed by."""

import pytest
from pytest_django import DjangoAssertNumQueries

from products.models import Brand, Category, Location
from products.reports.choices import list_choices
from products.tests.factories import make_category

pytestmark = pytest.mark.django_db


def test_all_choices_in_their_order_by_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    brands = [
        Brand.objects.create(name=name) for name in ("zebra", "\u00c5lesund", "Ape")
    ]
    for name, priority in (("Annex", 8_002), ("Zoo", 8_001)):
        Location.objects.create(code=name, name=name, priority=priority)
    category = make_category()
    with django_assert_num_queries(1):
        choices = list_choices()
    assert [name for _pk, name in choices.brands] == ["\u00c5lesund", "Ape", "zebra"]
    assert choices.brands[2][0] == brands[0].pk
    assert [name for _pk, name in choices.locations][-2:] == ["Zoo", "Annex"]
    stock = Location.objects.filter(kind=Location.Kind.STOCK)
    assert len(choices.locations) == stock.count()
    assert set(choices.tree) == {*Category.objects.values_list("pk", flat=True)}
    assert choices.tree[category.pk].name == category.name


def test_a_new_name_is_offered_at_once() -> None:
    brand = Brand.objects.create(name="Old")
    assert list_choices().brands == ((brand.pk, "Old"),)
    Brand.objects.update(name="New")
    assert list_choices().brands == ((brand.pk, "New"),)
