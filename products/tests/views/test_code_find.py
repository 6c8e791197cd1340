"""/products/code"""

from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from pytest_django import DjangoAssertNumQueries

from products.models import Product
from products.tests.factories import adjust, make_group, make_product

pytestmark = pytest.mark.django_db

URL = reverse("products:code_find")


def find(client: Client, code: str) -> Any:
    return client.get(f"{URL}?{urlencode({'code': code})}")


def facts(client: Client, code: str) -> dict[str, Any]:
    response = client.get(URL, {"code": code, "format": "json"})
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


class TestPage:
    @pytest.mark.parametrize("code", ["5701234567899", " 05701234567899 ", "mug-1"])
    def test_goes_to_the_product(self, as_regular: Client, code: str) -> None:
        mug = make_product(sku="MUG-1", barcode="5701234567899")
        assert find(as_regular, code)["Location"] == mug.get_absolute_url()

    def test_unknown_code_offers_to_add_and_to_search(self, as_admin: Client) -> None:
        response = find(as_admin, "A&B/<i>1")
        page = response.content.decode()
        assert response.status_code == 200
        assert "No product has the code “A&amp;B/&lt;i&gt;1”" in page
        add = reverse("products:product_add")
        assert f'href="{add}?barcode=A%26B%2F%3Ci%3E1"' in page
        assert f'href="{reverse("products:dashboard")}?q=A%26B%2F%3Ci%3E1"' in page

    def test_who_may_not_add_is_not_offered_it(self, as_clerk: Client) -> None:
        page = find(as_clerk, "123").content.decode()
        assert "No product has the code “123”" in page
        assert reverse("products:product_add") not in page

    @pytest.mark.parametrize("address", [URL, f"{URL}?code=", f"{URL}?code=%20"])
    def test_no_code_asks_for_one(self, as_regular: Client, address: str) -> None:
        assert as_regular.get(address)["Location"] == reverse("products:scan")

    @pytest.mark.parametrize(
        "code", ["\0", "A\0B", "\ufffe", "x" * 3_000, "9" * 200, "%ff", "'", "\u202e"]
    )
    def test_nonsense_is_an_unknown_code(self, as_admin: Client, code: str) -> None:
        make_product(barcode="1")
        response = find(as_admin, code)
        assert response.status_code == 200
        assert "No product has the code" in response.content.decode()

    def test_bytes_that_are_no_text(self, as_admin: Client) -> None:
        assert as_admin.get(f"{URL}?code=%ff%00%c3").status_code == 200

    def test_upc_e_is_added_as_the_upc_a_it_shortens(self, as_admin: Client) -> None:
        page = find(as_admin, "04252614").content.decode()
        assert "?barcode=042100005264" in page


class TestScript:
    def test_facts_of_the_product(self, as_regular: Client) -> None:
        group = make_group("Size", "Colour")
        mug = make_product(
            sku="MUG-1",
            name="Blue <mug>",
            barcode="012345678905",
            group=group,
            option1="M",
            option2="Blue",
            stock=7,
        )
        adjust(mug, -2)
        assert facts(as_regular, "0012345678905") == {
            "found": True,
            "code": "0012345678905",
            "id": mug.pk,
            "sku": "MUG-1",
            "name": "Blue <mug>",
            "options": "M / Blue",
            "barcode": "012345678905",
            "status": "active",
            "available": 5,
            "url": mug.get_absolute_url(),
            "thumb": None,
        }

    def test_thumb(self, as_regular: Client) -> None:
        mug = make_product()
        Product.objects.filter(pk=mug.pk).update(image="products/ab.webp")
        assert facts(as_regular, mug.sku)["thumb"] == "/media/products/ab-thumb.webp"

    def test_unknown_code(self, as_admin: Client, client: Client) -> None:
        add_url = f"{reverse('products:product_add')}?barcode=1+2"
        expected = {"found": False, "code": "1 2", "add_url": add_url}
        assert facts(as_admin, " 1 2 ") == expected

    def test_unknown_code_for_who_may_not_add(self, as_clerk: Client) -> None:
        assert facts(as_clerk, "12") == {"found": False, "code": "12", "add_url": None}

    def test_no_code_is_not_found(self, as_clerk: Client) -> None:
        assert not facts(as_clerk, "")["found"]

    def test_asked_by_its_accept_header(self, as_regular: Client) -> None:
        mug = make_product()
        accept = {"Accept": "application/json"}
        response = as_regular.get(URL, {"code": mug.sku}, headers=accept)
        assert response.json()["id"] == mug.pk
        assert "Accept" in response["Vary"]

    @pytest.mark.parametrize("accept", ["*/*", "text/html,*/*;q=0.8", "nonsense", ""])
    def test_browsers_are_sent_on(self, as_regular: Client, accept: str) -> None:
        mug = make_product()
        response = as_regular.get(URL, {"code": mug.sku}, headers={"Accept": accept})
        assert response["Location"] == mug.get_absolute_url()

    def test_one_query_for_the_product(
        self, as_regular: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_product(barcode="0012345678905")
        mug = make_product(barcode="012345678905")
        facts(as_regular, mug.sku)
        with django_assert_num_queries(3):  # session, person, product
            assert facts(as_regular, "012345678905")["id"] == mug.pk


class TestAddForm:
    def test_code_is_filled_in(self, as_admin: Client) -> None:
        page = as_admin.get(reverse("products:product_add") + "?barcode=+X-1%0A")
        assert page.context["form"]["barcode"].value() == "X-1"

    def test_a_copy_with_a_code(self, as_admin: Client) -> None:
        known = make_product(name="Mug", barcode="1")
        address = f"{reverse('products:product_add')}?copy={known.pk}&barcode=2"
        form = as_admin.get(address).context["form"]
        assert (form["name"].value(), form["barcode"].value()) == ("Mug", "2")

    @pytest.mark.parametrize("code", ["", "%00", "a%00b", "x" * 900, "%3Cb%3E"])
    def test_nonsense_does_no_harm(self, as_admin: Client, code: str) -> None:
        address = f"{reverse('products:product_add')}?barcode={code}"
        assert as_admin.get(address).status_code == 200


def test_needs_the_permission_to_see_products(
    client: Client, regular: AbstractBaseUser
) -> None:
    regular.groups.clear()
    client.force_login(regular)
    assert find(client, "1").status_code == 403
    own = regular.user_permissions
    own.add(Permission.objects.get(codename="view_product"))
    assert find(client, "1").status_code == 200
