"""A tick in each row, for those who may do something with several products."""

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Product
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db

URL = reverse("products:dashboard")


@pytest.fixture
def product() -> Product:
    return make_product(name='A "large" <mug>')


def tick(product: Product) -> str:
    return f'name="product" value="{product.pk}" form="bulk"'


@pytest.mark.parametrize("client_name", ["as_admin", "as_clerk"])
def test_whoever_may_sees_ticks(
    client_name: str, product: Product, request: pytest.FixtureRequest
) -> None:
    page = request.getfixturevalue(client_name).get(URL).content.decode()
    assert tick(product) in page
    assert "Select A &quot;large&quot; &lt;mug&gt;" in page
    assert page.count('<form id="bulk"') == 1


def test_others_see_none(as_regular: Client, product: Product) -> None:
    page = as_regular.get(URL).content.decode()
    assert tick(product) not in page
    assert 'id="bulk"' not in page
    assert "Select" not in page
