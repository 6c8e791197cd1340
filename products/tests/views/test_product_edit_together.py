"""/edit_product/<id> while Jonas edits the same product."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Brand, Product, ProductChange
from products.services.editing import update_product
from products.tests.factories import by, make_product, reload
from products.tests.pictures import upload
from products.tests.views.filled import flashes, open_form, values_of

pytestmark = pytest.mark.django_db


def url_of(product: Product) -> str:
    return reverse("products:product_edit", args=[product.pk])


def jonas_changes(product: Product, **changes: Any) -> None:
    update_product(
        product_id=product.pk,
        changes=changes,
        seen_version=reload(product).version,
        circumstances=by("Jonas Weber"),
    )


class TestDifferentFields:
    def test_both_stay_and_it_is_said(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        data = open_form(as_admin, url_of(product), name="Red mug")
        jonas_changes(product, price=Decimal("16.50"), supplier_name="Keramik")
        response = as_admin.post(url_of(product), data, follow=True)
        product = reload(product)
        assert (product.name, product.price) == ("Red mug", Decimal("16.50"))
        assert product.supplier_name == "Keramik"
        text = "Jonas Weber had changed this meanwhile, and it was kept: "
        assert f"{text}price and supplier." in flashes(response)

    def test_shown_when_the_form_comes_back(self, as_admin: Client) -> None:
        product = make_product(price=Decimal("14.90"))
        data = open_form(as_admin, url_of(product), name="Red mug", weight="x")
        jonas_changes(product, price=Decimal("16.50"))
        response = as_admin.post(url_of(product), data)
        form = response.context["form"]
        assert list(form.errors) == ["weight"]
        assert form["price"].value() == "16.50"
        assert form["name"].value() == "Red mug"
        page = response.content.decode()
        assert "Changed by Jonas Weber today at" in page
        as_admin.post(url_of(product), values_of(form) | {"weight": "5"})
        product = reload(product)
        assert (product.name, product.price) == ("Red mug", Decimal("16.50"))
        assert ProductChange.objects.first().after.keys() == {
            "name",
            "weight",
            "version",
        }

    def test_the_same_value_is_no_question(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        data = open_form(as_admin, url_of(product), name="Red mug", price="16.50")
        jonas_changes(product, price=Decimal("16.50"))
        as_admin.post(url_of(product), data)
        assert reload(product).name == "Red mug"

    def test_a_cost_nobody_shows_is_not_named(
        self, client: Client, regular: Any
    ) -> None:
        permission = Permission.objects.get(codename="change_product")
        regular.user_permissions.add(permission)
        client.force_login(regular)
        product = make_product()
        data = open_form(client, url_of(product), name="Red mug")
        jonas_changes(product, cost=Decimal("765.90"))
        response = client.post(url_of(product), data, follow=True)
        assert len(flashes(response)) == 1
        assert "765.90" not in response.content.decode()


class TestSameField:
    @pytest.fixture
    def product(self) -> Product:
        return make_product(price=Decimal("14.90"), name="Blue mug")

    @pytest.fixture
    def asked(self, as_admin: Client, product: Product) -> Any:
        """The page that asks about the price; the name is changed by one alone."""
        data = open_form(as_admin, url_of(product), price="15.90", name="Red mug")
        jonas_changes(product, price=Decimal("16.50"), supplier_name="Keramik")
        return as_admin.post(url_of(product), data)

    def choose(self, client: Client, asked: Any, choice: str, **typed: str) -> Product:
        form = asked.context["form"]
        data = values_of(form) | {"price-stays": choice} | typed
        client.post(url_of(form.instance), data)
        return reload(form.instance)

    def test_asks_with_both_values(self, asked: Any, product: Product) -> None:
        page = asked.content.decode()
        assert "Jonas Weber changed “price” while you were editing" in page
        for value in ("€14.90", "€16.50", "€15.90"):
            assert value in page
        assert "Price: Jonas Weber changed it too. Choose which one stays.</a>" in page
        assert reload(product).price == Decimal("16.50")

    def test_what_was_typed_is_still_there(self, asked: Any) -> None:
        form = asked.context["form"]
        assert form["price"].value() == "15.90"
        assert form["name"].value() == "Red mug"
        assert form["supplier_name"].value() == "Keramik"

    def test_mine(self, as_admin: Client, asked: Any) -> None:
        product = self.choose(as_admin, asked, "mine")
        assert (product.price, product.name) == (Decimal("15.90"), "Red mug")
        assert product.supplier_name == "Keramik"

    def test_theirs(self, as_admin: Client, asked: Any) -> None:
        product = self.choose(as_admin, asked, "theirs")
        assert (product.price, product.name) == (Decimal("16.50"), "Red mug")

    def test_theirs_is_remembered_over_another_error(
        self, as_admin: Client, asked: Any, product: Product
    ) -> None:
        data = values_of(asked.context["form"])
        data |= {"price-stays": "theirs", "weight": "x"}
        form = as_admin.post(url_of(product), data).context["form"]
        assert form["price"].value() == "16.50"
        as_admin.post(url_of(product), values_of(form) | {"weight": ""})
        assert reload(product).price == Decimal("16.50")

    def test_a_third_change_asks_again(
        self, as_admin: Client, asked: Any, product: Product
    ) -> None:
        jonas_changes(product, price=Decimal("17.50"))
        product = self.choose(as_admin, asked, "mine")
        assert product.price == Decimal("17.50")

    def test_asks_even_when_mine_is_no_good_yet(self, as_admin: Client) -> None:
        product = make_product(price=Decimal("14.90"))
        data = open_form(as_admin, url_of(product), price="abc")
        jonas_changes(product, price=Decimal("16.50"))
        response = as_admin.post(url_of(product), data)
        assert response.context["form"]["price"].value() == "abc"
        assert "€16.50" in response.content.decode()

    def test_relations_and_choices_in_words(self, as_admin: Client) -> None:
        product = make_product()
        data = open_form(as_admin, url_of(product), brand="Mine", status="draft")
        theirs = Brand.objects.create(name="<i>Theirs</i>")
        jonas_changes(product, brand=theirs, status="archived")
        page = as_admin.post(url_of(product), data).content.decode()
        for words in ("&lt;i&gt;Theirs&lt;/i&gt;", "Mine", "Archived", "Draft"):
            assert f'<span class="choice-value">{words}</span>' in page
        assert not Brand.objects.filter(name="Mine").exists()

    def test_pictures(self, as_admin: Client) -> None:
        product = make_product()
        data = open_form(as_admin, url_of(product), image=upload())
        jonas_changes(product, image="products/theirs.webp")
        response = as_admin.post(url_of(product), data)
        assert "image-stays" in response.content.decode()
        form = response.context["form"]
        kept = {"image-kept": form.kept_picture}
        as_admin.post(url_of(product), values_of(form) | kept | {"image-stays": "mine"})
        assert reload(product).image.name not in {"", "products/theirs.webp"}


def test_saved_between_our_look_and_our_lock(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service meets the conflict first; the form is asked anew."""
    product = make_product(price=Decimal("14.90"))
    data = open_form(as_admin, url_of(product), price="15.90")

    def overtaken(**kwargs: Any) -> Any:
        monkeypatch.undo()
        jonas_changes(product, price=Decimal("16.50"))
        return update_product(**kwargs)

    monkeypatch.setattr("products.views.product_edit.update_product", overtaken)
    page = as_admin.post(url_of(product), data).content.decode()
    assert "Jonas Weber changed “price” while you were editing" in page
    assert reload(product).price == Decimal("16.50")
