"""services.stocktake_scopes: which products a stocktake holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.errors import FieldRefused
from products.models import Brand, Location, Product
from products.services.shelves import assign_shelves
from products.services.stocktake_scopes import check_scope, find_products
from products.tests.factories import (
    adjust,
    make_category,
    make_location,
    make_product,
    place_of,
)
from products.tests.stocktaking import apply, count, review, started

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def found(scope, location=None, now=NOW) -> list[str]:
    place = location or Location.objects.get_default()
    return sorted(one.sku for one in find_products(scope, place, now=now))


def on_shelf(sku: str, shelf: str) -> Product:
    product = make_product(sku=sku, stock=1)
    assign_shelves(shelves={place_of(product): shelf})
    return product


class TestEverything:
    def test_what_stands_or_stood_there(self):
        make_product(sku="A", stock=2)
        adjust(make_product(sku="SOLD", stock=2), -2)
        make_product(sku="NEVER")
        make_product(sku="BACK", stock=1, location=make_location())
        assert found({"kind": "all"}) == ["A", "SOLD"]

    def test_of_the_archive_only_what_is_still_there(self):
        make_product(sku="LEFT", stock=2)
        adjust(make_product(sku="GONE", stock=2), -2)
        Product.objects.update(status=Product.Status.ARCHIVED)
        assert found({"kind": "all"}) == ["LEFT"]


class TestShelves:
    @pytest.mark.parametrize(
        ("first", "last", "skus"),
        [
            ("B", "B", ["B-10-1", "B-2-1", "b-2-9"]),
            ("B-2", "B-2", ["B-2-1", "b-2-9"]),
            ("B-3", "", ["B-10-1", "C-1"]),
            ("", "B-2", ["A-1", "B-2-1", "b-2-9"]),
            ("a-1", "b-2-1", ["A-1", "B-2-1"]),
            ("D", "E", []),
        ],
    )
    def test_in_the_order_of_people(self, first, last, skus):
        for shelf in ("A-1", "B-2-1", "b-2-9", "B-10-1", "C-1"):
            on_shelf(shelf, shelf)
        make_product(sku="NOWHERE", stock=1)
        scope = {"kind": "shelves", "from": first, "to": last}
        assert found(scope) == sorted(skus)

    def test_shelf_is_kept_on_the_line(self):
        on_shelf("A", "B-7")
        scope = {"kind": "shelves", "from": "B", "to": "B"}
        assert started(scope=scope).lines.get().shelf == "B-7"


def test_category_with_its_children():
    kitchen = make_category("Kitchen")
    mugs = make_category("Mugs", kitchen)
    make_product(sku="PAN", category=kitchen, stock=1)
    make_product(sku="MUG", category=mugs, stock=1)
    make_product(sku="RUG", stock=1)
    assert found({"kind": "category", "category": kitchen.pk}) == ["MUG", "PAN"]
    assert found({"kind": "category", "category": mugs.pk}) == ["MUG"]


def test_brand():
    brand = Brand.objects.create(name="Bølge")
    make_product(sku="MUG", brand=brand, stock=1)
    make_product(sku="RUG", stock=1)
    assert found({"kind": "brand", "brand": brand.pk}) == ["MUG"]


class TestStale:
    def test_counted_lately_is_left_out(self):
        counted, other = make_product(sku="A", stock=1), make_product(sku="B", stock=1)
        stocktake = started()
        count(stocktake, counted, 1)
        assert found({"kind": "stale", "days": 30}) == ["A", "B"]  # not applied yet
        apply(review(stocktake))
        assert found({"kind": "stale", "days": 30}) == ["B"]
        later = NOW + timedelta(31)
        assert found({"kind": "stale", "days": 30}, now=later) == ["A", other.sku]

    def test_zero_that_was_assumed_is_no_count(self):
        counted = make_product(sku="A", stock=1)
        make_product(sku="B", stock=1)
        stocktake = started(sets_uncounted_to_zero=True)
        count(stocktake, counted, 1)
        apply(review(stocktake))
        assert found({"kind": "stale", "days": 30}) == ["B"]

    def test_elsewhere_is_another_count(self):
        back, product = make_location(), make_product(sku="A", stock=1)
        stocktake = started(location=back, scope={"kind": "listed", "skus": ["a"]})
        count(stocktake, product, 0)
        apply(review(stocktake))
        assert found({"kind": "stale", "days": 30}) == ["A"]


class TestListed:
    def test_in_any_case_and_once(self):
        make_product(sku="MUG-1")
        make_product(sku="MUG-2", stock=4)
        skus = ["mug-1", " MUG-2", "Mug-1"]
        assert found({"kind": "listed", "skus": skus}) == ["MUG-1", "MUG-2"]

    def test_unknown_ones_are_named(self):
        make_product(sku="MUG-1")
        skus = ["MUG-1", "nope", "a\0b", "x" * 300]
        with pytest.raises(FieldRefused, match="“nope”"):
            check_scope({"kind": "listed", "skus": skus})

    def test_many_unknown_ones_are_counted(self):
        skus = [f"nope-{n}" for n in range(30)]
        with pytest.raises(FieldRefused, match="and 25 more"):
            check_scope({"kind": "listed", "skus": skus})


@pytest.mark.parametrize(
    ("scope", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"kind": "shelves", "from": " ", "to": "-"}, "shelf_from"),
        ({"kind": "category", "category": 99}, "category"),
        ({"kind": "category", "category": None}, "category"),
        ({"kind": "brand", "brand": 99}, "brand"),
        ({"kind": "stale", "days": 0}, "days"),
        ({"kind": "stale", "days": 4_000}, "days"),
        ({"kind": "stale", "days": None}, "days"),
        ({"kind": "listed", "skus": []}, "skus"),
        ({"kind": "listed", "skus": ["A"] * 20_001}, "skus"),
    ],
    ids=str,
)
def test_refuses_at_the_field(scope, field):
    with pytest.raises(FieldRefused) as refusal:
        check_scope(scope)
    assert list(refusal.value.errors) == [field]
