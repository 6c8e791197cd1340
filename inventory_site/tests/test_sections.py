"""Which line of the navigation is marked on a page."""

import re

import pytest
from django.test import Client
from django.urls import resolve

from inventory_site.sections import section
from products.tests.factories import make_product


@pytest.mark.parametrize(
    ("path", "belongs_to"),
    [
        ("/dashboard", ""),
        ("/add_product", "/dashboard"),
        ("/edit_product/7", "/dashboard"),
        ("/products/deleted", ""),
        ("/products/bulk/archive", "/dashboard"),
        ("/imports/new", "/imports"),
        ("/stock/transfers/3", "/stock/transfers"),
        ("/account/profile", ""),
        ("/login", ""),
    ],
)
def test_section(path: str, belongs_to: str) -> None:
    assert section(resolve(path)) == belongs_to


def test_no_page_has_no_section() -> None:
    assert section(None) == ""


def marked(client: Client, path: str) -> set[tuple[str, str]]:
    """Return address and kind of the marked lines."""
    html = client.get(path).content.decode()
    return set(
        re.findall(r'class="side-link" href="([^"]*)"[^>]*aria-current="(\w+)"', html)
    )


@pytest.mark.django_db
def test_the_line_of_a_page_is_marked(admin_client: Client) -> None:
    product = make_product(sku="A")
    assert marked(admin_client, "/dashboard") == {("/dashboard", "page")}
    assert marked(admin_client, product.get_absolute_url()) == {("/dashboard", "true")}
    assert marked(admin_client, "/imports") == {("/imports", "page")}
