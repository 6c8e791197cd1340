"""A page of the list of products: how often the database is asked for it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from products.models.product_queries import ProductQuerySet
from products.models.stretches import Order, Place
from products.reports.product_pages import Asked, product_page
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def searched(text: str) -> list[str]:
    def narrow(products: ProductQuerySet) -> ProductQuerySet:
        return products.listed().search(text)

    asked = Asked(Order("name"), narrow, ProductQuerySet.listed, text=text)
    return [row.sku for row in product_page(asked, place=Place(), size=25).rows]


@pytest.mark.parametrize(
    ("code", "skus", "queries"),
    [
        ("mug-2", ["MUG-2"], 2),  # the code, and its row
        ("40170725", ["MUG-2"], 2),
        ("MUG-1", ["MUG-1", "mug-1-xl"], 3),
    ],
)
def test_a_code(
    code: str,
    skus: list[str],
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_product(sku="mug-1-xl", name="A")
    make_product(sku="MUG-1", name="B")
    make_product(sku="MUG-2", name="C", barcode="40170725")
    make_product(sku="MUG-2-XL", name="D", status="archived")
    with django_assert_num_queries(queries):
        assert searched(code) == skus
