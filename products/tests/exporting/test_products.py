"""exporting.products: any products, in any order, in batches."""

from array import array
from itertools import chain

import pytest
from django.db import connection
from django.db.models import F

from products.exporting.products import IsAmong, levels_of, product_batches
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


def test_brand_and_group_cost_no_query_each(django_assert_num_queries):
    for _ in range(20):
        make_product()
    with django_assert_num_queries(2):
        products = list(chain.from_iterable(product_batches(Product.objects.all())))
        assert [(one.brand, one.group) for one in products] == [(None, None)] * 20


def test_levels_of_many_products_are_one_query(django_assert_num_queries):
    stocked, empty = make_product(stock=3), make_product()
    make_product(stock=5)
    with django_assert_num_queries(1):
        levels = levels_of([stocked, empty])
    assert {pk: [level.on_hand for level in found] for pk, found in levels.items()} == {
        stocked.pk: [3]
    }


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only it keeps statements")
def test_batches_ask_in_the_same_words():
    batches = (array("q", keys) for keys in ([1, 2], [3, 4, 5]))
    asked = [Product.objects.filter(IsAmong("pk", keys)).query for keys in batches]
    one, other = (query.sql_with_params()[0] for query in asked)
    assert one == other
