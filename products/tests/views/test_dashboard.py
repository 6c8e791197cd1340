from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Brand, Product
from products.services.archiving import archive_products
from products.tests.factories import adjust, by, make_category, make_product, receive

pytestmark = pytest.mark.django_db

URL = reverse("products:dashboard")


def html(client: Client, query: Mapping[str, Any] | None = None) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return str(response.content.decode())


class TestList:
    def test_row(self, as_regular: Client) -> None:
        make_product(
            name="Blue mug",
            sku="MUG-BLU",
            price=Decimal("14.90"),
            stock=1234,
            category=make_category("Mugs"),
        )
        page = html(as_regular)
        for words in ("Blue mug", "MUG-BLU", "€14.90", "1,234", "Mugs", "In stock"):
            assert words in page

    def test_what_looks_like_markup_is_text(self, as_regular: Client) -> None:
        make_product(name="<script>alert(1)</script>{{ 7|add:7 }}")
        page = html(as_regular)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


class TestNothingFound:
    def test_says_which_filters_did_it(self, as_regular: Client) -> None:
        make_product(category=make_category("Mugs"))
        page = html(as_regular, {"q": "teapot", "stock": "low", "sort": "name"})
        assert "No product matches" in page
        assert "Search <b>teapot</b>" in page
        assert "Stock <b>Low</b>" in page
        assert f'href="{URL}?stock=low&amp;sort=name"' in page
        assert f'href="{URL}?q=teapot&amp;sort=name"' in page
        assert f'href="{URL}">Clear all' in page

    def test_everything_is_archived(self, as_regular: Client) -> None:
        archive_products(product_ids=[make_product().pk], circumstances=by())
        assert f'href="{URL}?status=archived"' in html(as_regular)


class TestNoProductsAtAll:
    def test_three_starts_for_an_admin(self, as_admin: Client) -> None:
        page = html(as_admin)
        assert reverse("products:product_add") in page
        assert reverse("products:import_add") in page
        assert "manage.py load_demo" in page
        assert 'id="filters"' not in page
        assert 'form="filters"' not in page

    def test_a_sentence_for_others(self, as_regular: Client) -> None:
        page = html(as_regular)
        assert "Nothing on the shelves yet" in page
        assert reverse("products:product_add") not in page
        assert "load_demo" not in page


class TestFigures:
    def test_each_opens_its_list(self, as_admin: Client) -> None:
        make_product(stock=12, cost=Decimal("2.50"), reorder_point=20)
        make_product(stock=1)
        make_product()
        page = html(as_admin)
        for query in ("?sort=-available", "?cost=missing", "?stock=low", "?stock=out"):
            assert f'class="stat" href="{URL}{query}"' in page
        assert "€30" in page
        assert "1 without cost" in page

    def test_no_value_without_the_permission(self, as_clerk: Client) -> None:
        make_product(stock=12, cost=Decimal("2.50"))
        page = html(as_clerk)
        assert "Stock value" not in page
        assert "without cost" not in page
        assert "€30" not in page


class TestActions:
    def links(self, client: Client, product: Product) -> set[str]:
        page = html(client)
        names = ("stock_adjust", "product_edit", "product_archive", "product_delete")
        addresses = {
            name: reverse(f"products:{name}", args=[product.pk]) for name in names
        }
        addresses["product_copy"] = (
            f"{reverse('products:product_add')}?copy={product.pk}"
        )
        return {name for name, url in addresses.items() if f'href="{url}"' in page}

    def test_admin(self, as_admin: Client) -> None:
        assert self.links(as_admin, make_product()) == {
            "stock_adjust",
            "product_edit",
            "product_copy",
            "product_archive",
            "product_delete",
        }

    def test_addresses_have_no_thousands_separators(self, as_admin: Client) -> None:
        assert len(self.links(as_admin, make_product(pk=1_234_567))) == 5

    def test_clerk(self, as_clerk: Client) -> None:
        assert self.links(as_clerk, make_product()) == {"stock_adjust"}

    def test_regular(self, as_regular: Client) -> None:
        assert self.links(as_regular, make_product()) == set()

    def test_what_is_archived_is_not_archived_again(self, as_admin: Client) -> None:
        product = make_product()
        archive_products(product_ids=[product.pk], circumstances=by())
        page = html(as_admin, {"status": "all"})
        assert reverse("products:product_archive", args=[product.pk]) not in page


class TestQueries:
    def fill(self, count: int) -> None:
        brand = Brand.objects.create(name="Nord")
        category = make_category("Mugs", make_category("Kitchen"))
        for number in range(count):
            product = make_product(
                sku=f"MUG-{number}", stock=9, brand=brand, category=category
            )
            adjust(product, -1)

    @pytest.mark.parametrize("count", [1, 50])
    def test_at_most_seventeen(
        self,
        as_admin: Client,
        count: int,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        """Session, person and permissions among them; the person is no superuser."""
        self.fill(count)
        query = {"q": "mug", "stock": "in_stock", "size": "50", "sort": "-price"}
        with django_assert_max_num_queries(17):
            page = html(as_admin, query)
        assert page.count('class="item-name"') == count


def test_received_goods_show_at_once(as_clerk: Client) -> None:
    product = make_product(stock=1)
    receive(product, 41)
    assert '<span class="qty">42</span>' in html(as_clerk)
