import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.icons import icon_sign
from products.models import Brand, Category, Product, ProductGroup
from products.reports import product_facts
from products.services.archiving import archive_products
from products.services.deleting import delete_product
from products.tests.factories import (
    adjust,
    by,
    make_category,
    make_product,
    make_shop,
)

pytestmark = pytest.mark.django_db


def url(product: Product, name: str = "product_detail") -> str:
    return reverse(f"products:{name}", args=[product.pk])


def html(client: Client, product: Product) -> str:
    response = client.get(url(product))
    assert response.status_code == 200
    return str(response.content.decode())


class TestFacts:
    def test_everything_that_is_known(self, as_admin: Client) -> None:
        page = html(as_admin, make_shop())
        for words in (
            "Stoneware mug “Bølge”, 350 ml, speckled blue",
            "GTIN 5701234567899",
            "€5.90",
            "Kitchen › Mugs &amp; cups",
            "Værksted Nord",
            "Keramik ApS",
            "at 36, order 96",
            "380 g",
            "stoneware, gift",
            "<p>No two are alike.</p>",
            "Tess Tester",
        ):
            assert words in page

    def test_nothing_but_a_name_and_a_sku(self, as_admin: Client) -> None:
        page = html(as_admin, make_product(name="Bare", sku="BARE", price=None))
        assert "Bare" in page
        for words in ("Category", "Brand", "Weight", "Tags", "Variants", "Description"):
            assert f">{words}<" not in page

    def test_a_barcode_that_is_no_gtin(self, as_regular: Client) -> None:
        assert "Barcode X-1" in html(as_regular, make_product(barcode="X-1"))

    def test_what_looks_like_markup_is_text(self, as_regular: Client) -> None:
        product = make_product(name="<b>Mug</b>", description="<script>x</script>")
        page = html(as_regular, product)
        assert "<b>Mug" not in page
        assert "<script>x" not in page
        assert "&lt;script&gt;x&lt;/script&gt;" in page

    def test_crumbs_lead_back_through_the_categories(self, as_regular: Client) -> None:
        kitchen = Category.objects.create(pk=1_234_567, name="Kitchen")
        product = make_product(category=make_category("Mugs", kitchen))
        address = f"{reverse('products:dashboard')}?category={kitchen.pk}"
        assert f'<a href="{address}">Kitchen</a>' in html(as_regular, product)

    def test_icon_of_the_category_where_there_is_no_picture(
        self, as_regular: Client
    ) -> None:
        category = make_category("Mugs")
        category.icon = "cup-hot"
        category.save()
        shown = html(as_regular, make_product(category=category))
        assert f'data-sign="{icon_sign("cup-hot")}"' in shown

    def test_link_to_the_picture_of_an_import(self, as_regular: Client) -> None:
        product = make_product(image_url="https://example.com/mug.jpg")
        assert 'href="https://example.com/mug.jpg"' in html(as_regular, product)

    def test_a_script_is_no_link(self, as_regular: Client) -> None:
        product = make_product(image_url="javascript:alert(1)")
        assert "javascript:" not in html(as_regular, product)


class TestCosts:
    def test_for_who_may_see_them(self, as_admin: Client) -> None:
        page = html(as_admin, make_shop())
        assert all(words in page for words in ("Cost", "€5.90", "Value", "each"))

    def test_hidden_from_others(self, as_clerk: Client) -> None:
        page = html(as_clerk, make_shop())
        assert not [words for words in ("Cost", "€5.90", "Value") if words in page]


class TestVariants:
    def make(self, count: int) -> list[Product]:
        group = ProductGroup.objects.create(name="T-shirt", handle="tee")
        return [
            make_product(group=group, option1=f"No. {number}", option2="Blue")
            for number in range(count)
        ]

    def test_others_of_the_group_with_the_current_marked(
        self, as_regular: Client
    ) -> None:
        first, second, third = self.make(3)
        archive_products(product_ids=[third.pk], circumstances=by())
        page = html(as_regular, first)
        assert f'<a class="item-name" href="{url(second)}">No. 1 / Blue</a>' in page
        assert 'aria-current="page">No. 0 / Blue</span>' in page
        assert third.sku not in page

    def test_large_group_shows_some_and_the_way_to_all(
        self, as_regular: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(product_facts, "SHOWN_VARIANTS", 2)
        products = self.make(4)
        page = html(as_regular, products[3])
        assert 'aria-current="page">No. 3 / Blue</span>' in page
        assert "No. 0 / Blue" in page
        assert "No. 1 / Blue" not in page
        assert 'href="?variants=all#h-variants"' in page
        response = as_regular.get(url(products[3]), {"variants": "all"})
        assert response.context["variants"] == products
        assert "Show all variants" not in response.text

    def test_a_group_of_one_has_none(self, as_regular: Client) -> None:
        assert "Variants" not in html(as_regular, self.make(1)[0])


class TestActions:
    NAMES = ("stock_adjust", "product_edit", "product_archive", "product_delete")

    def links(self, client: Client) -> set[str]:
        product = make_product()
        page = html(client, product)
        return {name for name in self.NAMES if f'href="{url(product, name)}"' in page}

    def test_admin(self, as_admin: Client) -> None:
        assert self.links(as_admin) == set(self.NAMES)

    def test_clerk(self, as_clerk: Client) -> None:
        assert self.links(as_clerk) == {"stock_adjust"}

    def test_regular(self, as_regular: Client) -> None:
        assert self.links(as_regular) == set()


class TestGone:
    def get(self, client: Client, pk: int) -> HttpResponse:
        return client.get(reverse("products:product_detail", args=[pk]))

    def test_unknown(self, as_admin: Client) -> None:
        assert self.get(as_admin, 4711).status_code == 404
        assert self.get(as_admin, 10**30).status_code == 404

    def test_deleted_leads_to_the_deleted_products(self, as_admin: Client) -> None:
        product = make_product(stock=3)
        delete_product(product_id=product.pk, circumstances=by())
        response = self.get(as_admin, product.pk)
        assert response.status_code == 404
        assert reverse("products:product_deleted_list") in response.content.decode()
        assert "This product was deleted" in response.content.decode()

    def test_deleted_says_nothing_to_others(self, as_clerk: Client) -> None:
        product = make_product(stock=3)
        delete_product(product_id=product.pk, circumstances=by())
        response = self.get(as_clerk, product.pk)
        assert response.status_code == 404
        assert "This product was deleted" not in response.content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_queries(
    as_admin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, person, permissions; product, categories, variants, last change;
    levels, locations; keys and movements, their sum, two for the chart; whether one
    can be undone.
    """
    group = ProductGroup.objects.create(name="T-shirt", handle="tee")
    shared = {
        "group": group,
        "category": make_category("T-shirts", make_category("Apparel")),
        "brand": Brand.objects.create(name="Nord"),
    }
    variants = [
        make_product(option1=str(number), stock=99, **shared) for number in range(count)
    ]
    for _time in range(count):
        adjust(variants[0], -1)
    with django_assert_num_queries(14):
        html(as_admin, variants[0])
