import pytest

from products.models import Brand, Category, Product, ProductGroup
from products.services.references import (
    CategoryPaths,
    ensure_brands,
    ensure_groups,
    settle_brand,
)
from products.tests.factories import make_category

pytestmark = pytest.mark.django_db


class TestCategoryPaths:
    def test_a_path_is_found_without_regard_to_case(self):
        mugs = make_category("Mugs", make_category("Kitchen"))
        paths = CategoryPaths()
        assert paths.find(("KITCHEN", "mugs")) == mugs
        assert paths.find(("Mugs",)) is None
        assert paths.find(()) is None

    def test_a_category_has_a_path(self):
        mugs = make_category("Mugs", make_category("Kitchen"))
        assert CategoryPaths().path_of(mugs.pk) == ("Kitchen", "Mugs")
        assert CategoryPaths().path_of(None) == ()

    def test_what_is_missing_is_made_once(self):
        kitchen = make_category("Kitchen")
        paths = CategoryPaths()
        paths.ensure([("kitchen", "Mugs", "Large"), ("Kitchen", "mugs"), ("Garden",)])
        assert Category.objects.count() == 4
        large = paths.find(("Kitchen", "Mugs", "Large"))
        assert large.parent.parent == kitchen
        assert CategoryPaths().path_of(large.pk)[0] == "Kitchen"

    def test_the_same_name_may_stand_under_two_parents(self):
        paths = CategoryPaths()
        paths.ensure([("A", "Other"), ("B", "Other")])
        assert paths.find(("A", "Other")) != paths.find(("B", "Other"))

    def test_statements_grow_with_the_depth_only(self, django_assert_max_num_queries):
        paths = CategoryPaths()
        with django_assert_max_num_queries(6):  # with the savepoint around them
            paths.ensure([("Kitchen", f"Mugs {n}") for n in range(50)])


def test_brands_are_found_or_made_by_their_first_spelling():
    known = Brand.objects.create(name="Bølge")
    brands, _made = ensure_brands(["BØLGE", "Acme", "ACME"])
    assert brands["bølge"] == known
    assert brands["acme"].name == "Acme"
    assert Brand.objects.count() == 2


def test_a_group_that_is_there_keeps_its_name():
    known = ProductGroup.objects.create(name="Tee", handle="tee")
    groups, _made = ensure_groups(
        [
            ProductGroup(name="Other", handle="TEE"),
            ProductGroup(name="Mug", handle="mug", option1_name="Size"),
        ]
    )
    assert groups["tee"] == known
    assert (groups["mug"].name, groups["mug"].option1_name) == ("Mug", "Size")
    assert ProductGroup.objects.count() == 2


class TestSettleBrand:
    def test_a_new_one_is_stored(self):
        product = Product(brand=Brand(name="Linden"))
        settle_brand(product)
        assert product.brand == Brand.objects.get(name="Linden")

    def test_one_there_is_by_now_is_taken(self):
        product = Product(brand=Brand(name="LINDEN"))
        there = Brand.objects.create(name="Linden")
        settle_brand(product)
        assert product.brand == there

    def test_stored_in_the_same_moment_by_somebody_else(self, monkeypatch):
        """The first look sees no brand; the unique key refuses a second one."""
        product = Product(brand=Brand(name="Linden"))
        there = Brand.objects.create(name="Linden")
        looks = []

        def look(names):
            looks.append(names)
            if len(looks) == 1:
                Brand.objects.create(name="Linden")
            return ensure_brands(names)

        monkeypatch.setattr("products.services.references.ensure_brands", look)
        settle_brand(product)
        assert product.brand == there
        assert len(looks) == 2
