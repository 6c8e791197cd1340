"""/add_product"""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Brand, Operation, Product
from products.services.deleting import delete_product
from products.tests.factories import by, make_category, make_product
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db

URL = reverse("products:product_add")


def send(client: Client, **typed: Any) -> Any:
    """Send a filled form and follow where it leads."""
    data = open_form(client, URL, name="Blue mug", sku="MUG-1") | typed
    return client.post(URL, data, follow=True)


def form_of(response: Any) -> Any:
    assert response.status_code == 200
    assert not Product.objects.filter(sku="MUG-1").exists()
    return response.context["form"]


class TestAdds:
    def test_with_everything(self, as_admin: Client) -> None:
        mugs = make_category("Mugs", parent=make_category("Kitchen"))
        response = send(
            as_admin,
            category=mugs.pk,
            brand="Værksted Nord",
            description="Round.\r\nBlue.",
            status="draft",
            barcode="5701234567899",
            price="14,90",
            cost="5.905",
            quantity="12",
            reorder_point="4",
            reorder_quantity="24",
            supplier_name="Keramik",
            weight="350.5",
            tags="blue, round",
        )
        product = Product.objects.get()
        assert flashes(response) == ["Product “Blue mug” added successfully."]
        assert response.redirect_chain[-1][0] == product.get_absolute_url()
        assert (product.category, product.brand.name) == (mugs, "Værksted Nord")
        assert (product.price, product.cost) == (Decimal("14.90"), Decimal("5.905"))
        assert (product.on_hand, product.status) == (12, "draft")
        assert product.description == "Round.\nBlue."

    def test_the_little_that_is_needed(self, as_admin: Client) -> None:
        send(as_admin)
        product = Product.objects.get()
        assert (product.price, product.barcode, product.on_hand) == (None, None, 0)

    def test_can_be_undone(self, as_admin: Client) -> None:
        response = send(as_admin)
        undo = reverse("products:operation_undo", args=[Operation.objects.get().pk])
        assert undo in response.content.decode()
        as_admin.post(undo)
        assert not Product.objects.exists()

    def test_and_another(self, as_admin: Client) -> None:
        response = send(as_admin, another="1")
        assert response.redirect_chain[-1][0] == URL
        assert Product.objects.count() == 1

    def test_takes_the_brand_there_is(self, as_admin: Client) -> None:
        brand = Brand.objects.create(name="Værksted Nord")
        send(as_admin, brand="værksted nord")
        assert Product.objects.get().brand == brand

    def test_markup_stays_text(self, as_admin: Client) -> None:
        name = "<b>Mug</b> {{ 7|add:7 }} {% now 'Y' %} =1+1"
        response = send(as_admin, name=name)
        page = response.content.decode()
        assert Product.objects.get().name == name
        assert (
            "&lt;b&gt;Mug&lt;/b&gt; {{ 7|add:7 }} {% now &#x27;Y&#x27; %} =1+1" in page
        )
        assert "<b>Mug</b>" not in page


class TestOnce:
    def test_a_double_click_adds_one(self, as_admin: Client) -> None:
        data = open_form(as_admin, URL, name="Blue mug", sku="MUG-1", quantity="5")
        first = as_admin.post(URL, data)
        second = as_admin.post(URL, data)
        assert second["Location"] == first["Location"]
        assert Product.objects.get().on_hand == 5

    def test_sent_again_with_other_content(self, as_admin: Client) -> None:
        data = open_form(as_admin, URL, name="Blue mug", sku="MUG-1")
        as_admin.post(URL, data)
        response = as_admin.post(URL, data | {"sku": "MUG-2"})
        assert "sent before with other content" in response.content.decode()
        assert Product.objects.count() == 1

    def test_then_it_may_be_sent_under_its_new_key(self, as_admin: Client) -> None:
        data = open_form(as_admin, URL, name="Blue mug", sku="MUG-1")
        as_admin.post(URL, data)
        response = as_admin.post(URL, data | {"sku": "MUG-2"})
        key = response.context["form"]["once_key"].value()
        as_admin.post(URL, data | {"sku": "MUG-2", "once_key": key})
        assert Product.objects.count() == 2

    def test_answered_although_the_product_is_gone_by_now(
        self, as_admin: Client
    ) -> None:
        data = open_form(as_admin, URL, name="Blue mug", sku="MUG-1")
        as_admin.post(URL, data)
        delete_product(product_id=Product.objects.get().pk, circumstances=by())
        response = as_admin.post(URL, data)
        assert response["Location"] == reverse("products:dashboard")
        assert not Product.objects.exists()


class TestRefuses:
    def test_nothing_typed(self, as_admin: Client) -> None:
        form = form_of(send(as_admin, name=" ", sku=""))
        assert set(form.errors) == {"name", "sku"}

    def test_summary_leads_to_the_field(self, as_admin: Client) -> None:
        page = send(as_admin, sku="").content.decode()
        assert "data-error-summary" in page
        assert '<a href="#id_sku">SKU: This field is required.</a>' in page

    def test_sku_in_another_case_names_its_product(self, as_admin: Client) -> None:
        other = make_product(sku="Mug-1", name="Old <mug>")
        page = send(as_admin, sku="ＭＵＧ-1").content.decode()
        link = f'<a href="{other.get_absolute_url()}">Old &lt;mug&gt;</a>'
        assert f"“ＭＵＧ-1” is used by {link}." in page
        assert "SKU: “ＭＵＧ-1” is used by Old &lt;mug&gt;.</a>" in page

    def test_barcode_names_its_product(self, as_admin: Client) -> None:
        make_product(barcode="5701234567899", name="Old mug")
        form = form_of(send(as_admin, barcode="5701234567899"))
        assert "is used by" in form.errors["barcode"][0]

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("name", "x" * 256),
            ("name", "a\0b"),
            ("sku", "a\tb\0"),
            ("sku", "x" * 101),
            ("description", "x" * 20_001),
            ("barcode", "5701234567891"),  # wrong check digit
            ("barcode", "570 1"),
            ("price", "NaN"),
            ("price", "-1"),
            ("price", "1e5"),
            ("price", "1" * 3_000),
            ("cost", "Infinity"),
            ("quantity", "1.5"),
            ("quantity", "9" * 3_000),
            ("reorder_point", "-1"),
            ("reorder_quantity", "2000000001"),
            ("weight", "heavy"),
            ("category", "999999999999999999999"),
            ("category", "mugs"),
            ("status", "sold"),
            ("tags", "x" * 1_001),
            ("supplier_name", "x" * 121),
            ("brand", "x" * 121),
        ],
        ids=lambda value: value[:12],
    )
    def test_says_it_at_the_field(
        self, as_admin: Client, field: str, text: str
    ) -> None:
        form = form_of(send(as_admin, **{field: text}))
        assert list(form.errors) == [field]

    def test_loses_nothing_typed(self, as_admin: Client) -> None:
        page = send(
            as_admin, price="abc", brand="Linden", description="Two\nlines"
        ).content.decode()
        assert 'value="abc"' in page
        assert 'value="Linden"' in page
        assert "Two\nlines</textarea>" in page
        assert not Brand.objects.exists()


class TestPermissions:
    def test_without_the_cost(self, client: Client, regular: Any) -> None:
        regular.user_permissions.add(Permission.objects.get(codename="add_product"))
        client.force_login(regular)
        assert "cost" not in open_form(client, URL)
        send(client, cost="5", quantity="7", image_url="https://example.com/x.jpg")
        product = Product.objects.get()
        assert (product.cost, product.on_hand, product.image_url) == (None, 0, "")


class TestMethodsAndCost:
    def test_wrong_method(self, as_admin: Client) -> None:
        assert as_admin.put(URL).status_code == 405

    def test_queries(
        self, as_admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(20):
            make_category(f"Category {number}")
            Brand.objects.create(name=f"Brand {number}")
        with django_assert_max_num_queries(8):
            as_admin.get(URL)
