"""/products/<id>/variants"""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Product
from products.tests.factories import make_group, make_product, reload
from products.tests.views.filled import flashes, open_form
from products.tests.views.variant_pages import (
    COLOURS,
    SIZES,
    filled,
    preview,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tee() -> Product:
    return make_product(
        name="T-shirt", sku="TEE", price=Decimal("19.90"), cost=Decimal("6.50")
    )


class TestPreview:
    def test_every_combination_is_a_row(self, as_admin: Client, tee: Product) -> None:
        response = preview(as_admin, tee, **SIZES, **COLOURS)
        titles = [line.title for line in response.context["lines"]]
        assert titles == [
            "S / Oat",
            "S / Rust",
            "M / Oat",
            "M / Rust",
            "L / Oat",
            "L / Rust",
        ]
        skus = [row["sku"].value() for row in response.context["rows"]]
        assert skus == [
            "TEE-S-OAT",
            "TEE-S-RUST",
            "TEE-M-RUST",
            "TEE-L-OAT",
            "TEE-L-RUST",
        ]
        assert Product.objects.count() == 1

    def test_what_there_is_is_marked(self, as_admin: Client, tee: Product) -> None:
        page = preview(as_admin, tee, **SIZES).content.decode()
        assert page.count("There already") == 1
        assert page.count(f'href="{tee.get_absolute_url()}">TEE</a>') == 1

    def test_prices_are_the_products(self, as_admin: Client, tee: Product) -> None:
        row = preview(as_admin, tee, **SIZES).context["rows"].forms[0]
        shown = (row["price"].value(), row["cost"].value(), row["quantity"].value())
        assert shown == ("19.90", "6.50", None)

    def test_own_value_joins_the_others(self, as_admin: Client, tee: Product) -> None:
        response = preview(as_admin, tee, name1="Size", values1="S, L", own1="XL")
        titles = [line.title for line in response.context["lines"]]
        assert titles == ["XL", "S", "L"]

    def test_a_group_shows_its_options_and_values(self, as_admin: Client) -> None:
        group = make_group("{{ 7|add:7 }}<b>")
        tee = make_product(group=group, option1="M")
        make_product(group=group, option1="S")
        response = as_admin.get(url_of(tee))
        page = response.content.decode()
        assert "{{ 7|add:7 }}&lt;b&gt;" in page
        assert response.context["form"]["values1"].value() == "M, S"
        assert "name1" not in response.context["form"].fields

    def test_markup_stays_text(self, as_admin: Client, tee: Product) -> None:
        options = {"name1": "<b>", "values1": "<i>, {{ 7|add:7 }}", "own1": "<i>"}
        page = preview(as_admin, tee, **options).content.decode()
        assert "<i>" not in page.replace('<i class="bi', "")
        assert "{{ 7|add:7 }}" in page


class TestSaves:
    def test_ticked_rows(self, as_admin: Client, tee: Product) -> None:
        response = preview(as_admin, tee, **SIZES)
        data = filled(response, rows__0__price="17,50", rows__0__quantity="4")
        del data["rows-1-make"]
        response = as_admin.post(url_of(tee), data, follow=True)
        assert flashes(response) == ["1 variant added."]
        small = Product.objects.exclude(pk=tee.pk).get()
        assert (small.sku, small.option1, small.price) == (
            "TEE-S",
            "S",
            Decimal("17.50"),
        )
        assert small.on_hand == 4
        assert reload(tee).option1 == "M"

    def test_a_row_without_its_tick_has_no_errors(
        self, as_admin: Client, tee: Product
    ) -> None:
        data = filled(preview(as_admin, tee, **SIZES), rows__1__price="abc")
        del data["rows-1-make"]
        as_admin.post(url_of(tee), data)
        assert Product.objects.count() == 2

    def test_a_double_click_once(self, as_admin: Client, tee: Product) -> None:
        data = filled(preview(as_admin, tee, **SIZES))
        as_admin.post(url_of(tee), data)
        response = as_admin.post(url_of(tee), data, follow=True)
        assert flashes(response)[-1] == "2 variants added."
        assert Product.objects.count() == 3

    def test_reached_from_the_add_form(self, as_admin: Client) -> None:
        add = reverse("products:product_add")
        data = open_form(as_admin, add, name="T-shirt", sku="TEE", variants="1")
        response = as_admin.post(add, data)
        assert response["Location"] == url_of(Product.objects.get())

    def test_a_cost_nobody_sees_is_the_products(
        self, client: Client, regular: Any, tee: Product
    ) -> None:
        wanted = Permission.objects.filter(
            codename__in=["add_product", "change_product"]
        )
        regular.user_permissions.set(wanted)
        client.force_login(regular)
        response = preview(client, tee, **SIZES)
        assert b"6.50" not in response.content
        client.post(url_of(tee), filled(response, rows__0__quantity="9"))
        small = Product.objects.get(sku="TEE-S")
        assert (small.cost, small.on_hand) == (Decimal("6.50"), 0)


def test_queries(
    as_admin: Client,
    tee: Product,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many = {"name1": "No", "values1": ",".join(map(str, range(90))), "own1": "1"}
    with django_assert_max_num_queries(8):
        preview_response = as_admin.post(url_of(tee), many | {"preview": "1"})
    assert len(preview_response.context["rows"].forms) == 89
