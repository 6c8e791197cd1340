import pytest
from pytest_django import DjangoAssertNumQueries

from products.reports.categories import category_tree
from products.tests.factories import make_category

pytestmark = pytest.mark.django_db


def test_paths_and_what_is_inside(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    kitchen = make_category("Kitchen")
    mugs = make_category("Mugs & cups", kitchen)
    espresso = make_category("Espresso", mugs)
    with django_assert_num_queries(1):
        tree = category_tree()
    assert tree[espresso.pk].path == "Kitchen › Mugs & cups › Espresso"
    assert tree[espresso.pk].lineage == (kitchen.pk, mugs.pk, espresso.pk)
    assert tree[mugs.pk].below == {mugs.pk, espresso.pk}
    assert tree[kitchen.pk].below == {kitchen.pk, mugs.pk, espresso.pk}


def test_parents_come_before_children_and_siblings_by_name() -> None:
    textiles, kitchen = make_category("Textiles"), make_category("kitchen")
    make_category("Étagères", kitchen)
    make_category("Forks", kitchen)
    make_category("Aprons", textiles)
    names = [node.name for node in category_tree().values()]
    assert names == ["kitchen", "Étagères", "Forks", "Textiles", "Aprons"]
    assert [node.depth for node in category_tree().values()] == [0, 1, 1, 0, 1]


def test_no_categories() -> None:
    assert category_tree() == {}
