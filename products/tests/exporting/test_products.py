"""exporting.products: any products, in any order, in batches."""

from itertools import chain

import pytest
from django.db.models import F

from products.exporting.products import product_batches
from products.models import Product
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def skus(batches):
    return [[product.sku for product in batch] for batch in batches]


def test_batches_keep_the_order_asked_for():
    for sku, price in (("A", 3), ("B", None), ("C", 1), ("D", 1), ("E", 2)):
        make_product(sku=sku, price=price)
    asked = Product.objects.order_by(F("price").desc(nulls_last=True), "-sku")
    batches = product_batches(asked.exclude(sku="E"), size=2)
    assert skus(batches) == [["A", "D"], ["C", "B"]]


def test_nothing_asked_for_gives_no_batch():
    assert list(product_batches(Product.objects.none())) == []


def test_a_product_deleted_meanwhile_is_left_out():
    for sku in ("A", "B", "C"):
        make_product(sku=sku)
    batches = product_batches(Product.objects.order_by("sku"), size=1)
    first = next(batches)
    Product.objects.get(sku="B").delete()
    assert skus([first, *batches]) == [["A"], [], ["C"]]


def test_renamed_meanwhile_is_there_once():
    for sku in ("A", "B", "C"):
        make_product(sku=sku)
    batches = product_batches(Product.objects.order_by("sku"), size=1)
    first = next(batches)
    Product.objects.filter(sku="A").update(sku="Z")
    assert skus([first, *batches]) == [["A"], ["B"], ["C"]]


def test_brand_group_and_levels_cost_no_query_each(django_assert_num_queries):
    for _ in range(20):
        make_product(stock=1)
    with django_assert_num_queries(3):
        products = list(chain.from_iterable(product_batches(Product.objects.all())))
        assert (
            sum(level.on_hand for one in products for level in one.levels.all()) == 20
        )
        assert [one.brand for one in products] == [None] * 20
