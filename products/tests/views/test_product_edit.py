"""/edit_product/<id>: one person at a time; two are in test_product_edit_together."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Brand, Operation, Product, ProductChange
from products.services.deleting import delete_product
from products.tests.factories import (
    adjust,
    by,
    make_category,
    make_group,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


def url_of(product: Product) -> str:
    return reverse("products:product_edit", args=[product.pk])


def send(client: Client, product: Product, **typed: Any) -> Any:
    """Open the form, type, send it and follow where it leads."""
    data = open_form(client, url_of(product), **typed)
    return client.post(url_of(product), data, follow=True)


class TestSaves:
    def test_what_was_changed_and_nothing_else(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug", description="a\nb", cost=Decimal("1.5"))
        response = send(as_admin, product, price="12,50", brand="Linden")
        assert flashes(response) == ["Product “Blue mug” saved."]
        change = ProductChange.objects.first()
        assert change.after.keys() == {"price", "brand", "version"}
        assert reload(product).price == Decimal("12.50")

    def test_can_be_undone(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        response = send(as_admin, product, name="Red mug")
        undo = reverse("products:operation_undo", args=[Operation.objects.first().pk])
        assert undo in response.content.decode()

    def test_nothing_changed(self, as_admin: Client) -> None:
        product = make_product(description="one\ntwo", tags="a, b", weight=Decimal(250))
        response = send(as_admin, product)
        assert flashes(response) == ["Nothing was changed."]
        assert reload(product).version == 1

    def test_empties_what_may_be_empty(self, as_admin: Client) -> None:
        product = make_product(barcode="X1", brand=Brand.objects.create(name="Linden"))
        send(as_admin, product, barcode="", brand="", price="")
        product = reload(product)
        assert (product.barcode, product.brand, product.price) == (None, None, None)

    def test_a_double_click_saves_once(self, as_admin: Client) -> None:
        product = make_product(stock=10)
        data = open_form(as_admin, url_of(product))
        data |= {"name": "Red mug", "quantity": "8", "reason": "damaged"}
        first = as_admin.post(url_of(product), data)
        second = as_admin.post(url_of(product), data)
        assert second["Location"] == first["Location"]
        assert (reload(product).on_hand, reload(product).version) == (8, 2)


class TestQuantity:
    def test_posts_the_difference_so_a_sale_meanwhile_is_kept(
        self, as_admin: Client
    ) -> None:
        product = make_product(stock=140)
        data = open_form(as_admin, url_of(product), quantity="138", reason="damaged")
        adjust(product, -30)
        as_admin.post(url_of(product), data)
        assert reload(product).on_hand == 108
        assert product.movements.first().kind == "damaged"

    def test_untouched_posts_nothing(self, as_admin: Client) -> None:
        product = make_product(stock=140)
        data = open_form(as_admin, url_of(product), name="Red mug")
        adjust(product, -30)
        as_admin.post(url_of(product), data)
        assert reload(product).on_hand == 110

    def test_asks_for_a_reason(self, as_admin: Client) -> None:
        product = make_product(stock=140)
        response = send(as_admin, product, quantity="138")
        form = response.context["form"]
        assert form.errors == {"reason": ["Say why the quantity changes."]}
        assert form["quantity_seen"].value() == "140"

    def test_the_reason_must_fit(self, as_admin: Client) -> None:
        product = make_product(stock=5)
        response = send(as_admin, product, quantity="8", reason="sold")
        assert "takes stock away" in response.context["form"].errors["reason"][0]
        assert reload(product).on_hand == 5

    def test_says_how_many_there_are(self, as_admin: Client) -> None:
        product = make_product(stock=10)
        data = open_form(as_admin, url_of(product), quantity="2", reason="sold")
        adjust(product, -7)
        response = as_admin.post(url_of(product), data)
        sentence = "Only 3 are available, so 8 can't be taken."
        assert response.context["form"].errors == {"quantity": [sentence]}
        assert reload(product).on_hand == 3

    def test_more_than_one_line_can_move(self, as_admin: Client) -> None:
        product = make_product(stock=1)
        response = send(as_admin, product, quantity="2000000000", reason="found")
        assert "999999999" in response.context["form"].errors["quantity"][0]

    def test_of_several_locations_the_default_one(self, as_admin: Client) -> None:
        product = make_product(stock=10)
        receive(product, 5, location=make_location())
        response = as_admin.get(url_of(product))
        page = response.content.decode()
        assert "On hand at Main store" in page
        assert "15 at all locations together." in page
        assert response.context["form"]["quantity"].value() == 10

    @pytest.mark.parametrize("seen", ["", "x", "-1"])
    def test_without_what_was_seen_nothing_is_posted(
        self, as_admin: Client, seen: str
    ) -> None:
        product = make_product(stock=10)
        send(as_admin, product, quantity="3", quantity_seen=seen, reason="sold")
        assert reload(product).on_hand == 10


class TestVariant:
    def test_options_are_called_as_the_group_calls_them(self, as_admin: Client) -> None:
        product = make_product(group=make_group("Size"), option1="M")
        form = as_admin.get(url_of(product)).context["form"]
        assert form["option1"].label == "Size"
        assert "option2" not in form.fields

    def test_an_option_without_a_name_shows_when_it_has_a_value(
        self, as_admin: Client
    ) -> None:
        product = make_product(group=make_group(), option2="Blue")
        form = as_admin.get(url_of(product)).context["form"]
        assert form["option2"].value() == "Blue"
        assert "option1" not in form.fields

    def test_two_of_a_group_differ(self, as_admin: Client) -> None:
        group = make_group("Size")
        make_product(group=group, option1="S")
        product = make_product(group=group, option1="M")
        response = send(as_admin, product, option1="S")
        assert "the same options" in response.context["form"].non_field_errors()[0]


class TestRefuses:
    def test_code_of_another_product(self, as_admin: Client) -> None:
        make_product(sku="MUG-1", barcode="X1")
        product = make_product(sku="MUG-2", barcode="X2")
        response = send(as_admin, product, sku="mug-1", barcode="X1")
        assert set(response.context["form"].errors) == {"sku", "barcode"}

    def test_keeps_its_own_codes(self, as_admin: Client) -> None:
        product = make_product(sku="mug-1", barcode="X1")
        send(as_admin, product, sku="MUG-1")
        assert reload(product).sku == "MUG-1"

    def test_unknown_product(self, as_admin: Client) -> None:
        for pk in (999, 10**30):
            assert as_admin.get(f"/edit_product/{pk}").status_code == 404
            assert as_admin.post(f"/edit_product/{pk}").status_code == 404

    def test_deleted_meanwhile(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        data = open_form(as_admin, url_of(product), name="Red mug")
        circumstances = by("Jonas Weber")
        delete_product(product_id=product.pk, circumstances=circumstances)
        response = as_admin.post(url_of(product), data, follow=True)
        message = flashes(response)[0]
        assert message.startswith(
            "Nothing was done: Jonas Weber deleted “Blue mug” today"
        )
        undo = reverse("products:operation_undo", args=[Operation.objects.first().pk])
        assert undo in response.content.decode()
        assert as_admin.get(url_of(product)).status_code == 404

    def test_wrong_method(self, as_admin: Client) -> None:
        assert as_admin.put(url_of(make_product())).status_code == 405


class TestPermissions:
    @pytest.fixture
    def editor(self, client: Client, regular: Any) -> Client:
        """May change products, but sees no cost and moves no stock."""
        permission = Permission.objects.get(codename="change_product")
        regular.user_permissions.add(permission)
        client.force_login(regular)
        return client

    def test_the_cost_nobody_sees_is_kept(self, editor: Client) -> None:
        product = make_product(cost=Decimal("765.90"), stock=3)
        data = open_form(editor, url_of(product), name="Red mug")
        assert not {"cost", "quantity", "quantity_seen", "reason"} & data.keys()
        assert "765.90" not in editor.get(url_of(product)).content.decode()
        forged = {"cost": "1", "quantity": "9", "quantity_seen": "3", "reason": "found"}
        editor.post(url_of(product), data | forged)
        product = reload(product)
        assert (product.name, product.cost, product.on_hand) == (
            "Red mug",
            Decimal("765.90"),
            3,
        )

    def test_only_fields_of_the_form_are_taken(self, as_admin: Client) -> None:
        product = make_product()
        send(as_admin, product, on_hand="99", image_url="x", supplier_name="Keramik")
        product = reload(product)
        assert (product.on_hand, product.image_url) == (0, "")


def test_queries(
    as_admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    product = make_product(stock=4, category=make_category())
    with django_assert_max_num_queries(11):
        as_admin.get(url_of(product))
