"""products:product_export."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.exporting.registry import EXPORTS
from products.models import Product
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db

ADDRESS = reverse("products:product_export")
DASHBOARD = reverse("products:dashboard")


@pytest.fixture
def shop(as_admin: Client) -> Client:
    make_product(sku="A", name="Blue mug")
    make_product(sku="B", name="Red bowl")
    make_product(sku="C", name="Old mug", status=Product.Status.ARCHIVED)
    return as_admin


def page(client: Client, **query: str) -> str:
    return client.get(ADDRESS, query).content.decode()


def test_the_address():
    assert ADDRESS == "/products/export"


def test_it_counts_what_the_list_shows_and_everything(shop):
    html = page(shop)
    assert "What the list shows now: 2 products" in html
    assert "Everything that is not archived" in html
    assert "All products: 3" in html


def test_it_offers_every_format(shop):
    html = page(shop)
    for code in EXPORTS:
        assert f'name="format" id="format-{code}" value="{code}"' in html
    assert 'value="native" checked' in html


def test_without_filters_it_means_everything(shop):
    assert 'value="all" checked' in page(shop)


def test_with_filters_it_means_what_they_leave(shop):
    html = page(shop, q="mug", sort="-name", size="50")
    assert 'value="shown" checked' in html
    assert "What the list shows now: 1 product" in html
    assert "Search <b>mug</b>" in html
    for name, value in (("q", "mug"), ("sort", "-name")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html
    assert f'href="{DASHBOARD}?q=mug&amp;sort=-name&amp;size=50"' in html


def test_what_a_search_says_stays_text(shop):
    html = page(shop, q='"><script>')
    assert '"><script>' not in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"format": "exe", "scope": "all"}, "There is no format “exe”."),
        ({"format": "native", "scope": "x"}, "“x” means no products."),
        ({"format": "native"}, "Say which products go into the file."),
        ({"scope": "all"}, "Say which kind of file you need."),
    ],
)
def test_an_answer_that_made_no_sense(shop, query, sentence):
    response = shop.get(ADDRESS, query)
    assert response.status_code == 200
    html = response.content.decode()
    assert sentence in html
    assert html.count(" checked>") == 2


def test_filters_that_mean_nothing_are_said_and_left_out(shop):
    html = page(shop, category="999", q="mug")
    assert "means nothing here any more and was left out: Category." in html
    assert 'name="category"' not in html


def test_who_sees_no_cost_is_told(shop, client, clerk):
    assert "without costs" not in page(shop)
    clerk.user_permissions.add(Permission.objects.get(codename="export_products"))
    client.force_login(clerk)
    assert "without costs" in page(client)


def test_the_dashboard_leads_here_with_its_filters(shop):
    html = shop.get(DASHBOARD, {"q": "mug", "stock": "out"}).content.decode()
    assert f'id="export-link" href="{ADDRESS}?q=mug&amp;stock=out"' in html


def test_the_link_follows_a_list_that_comes_anew(shop):
    headers = {"HX-Request": "true"}
    html = shop.get(DASHBOARD, {"q": "bowl"}, headers=headers).content.decode()
    link = f'id="export-link" href="{ADDRESS}?q=bowl" hx-swap-oob="true"'
    assert html.count('id="export-link"') == 1
    assert link in html


def test_without_the_permission_there_is_no_link(as_clerk):
    make_product()
    assert "export-link" not in as_clerk.get(DASHBOARD).content.decode()


def test_clerks_may_not(as_clerk):
    assert as_clerk.get(ADDRESS).status_code == 403


def test_only_get_is_answered(shop):
    assert shop.post(ADDRESS).status_code == 405
