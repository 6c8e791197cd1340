"""The product pages of the admin: every write through the services."""

import io
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from products.models import Location, Operation, Product, ProductChange
from products.services.editing import update_product
from products.tests.factories import (
    adjust,
    by,
    make_category,
    make_location,
    make_product,
    reload,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/products/product/"
ADD = "/admin/products/product/add/"


@pytest.fixture
def browse(client, admin):
    client.force_login(admin)
    return client


def change_url(product):
    return reverse("admin:products_product_change", args=[product.pk])


def posted(**fields):
    main = Location.objects.get_default()
    return {
        "name": "Mug",
        "sku": "MUG-1",
        "status": "active",
        "price": "9.90",
        "opening_location": main.pk,
    } | fields


def texts(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestAdd:
    def test_opening_quantity_is_a_movement_by_the_person(self, browse, admin):
        browse.post(ADD, posted(opening_quantity="7", cost="2"))
        product = Product.objects.get()
        movement = product.movements.get()
        assert (product.on_hand, movement.kind) == (7, "opening")
        assert movement.operation.source == "admin"
        assert movement.operation.actor == admin

    def test_location_can_be_chosen(self, browse):
        back = make_location()
        browse.post(ADD, posted(opening_quantity="7", opening_location=back.pk))
        assert Product.objects.get().levels.get().location == back

    @pytest.mark.parametrize(
        ("fields", "text"),
        [
            ({"sku": "mug-1"}, "Another product has this SKU."),
            ({"sku": "X", "price": "nan"}, "Enter a number."),
            ({"sku": "X", "price": "-1"}, "greater than or equal to 0"),
            ({"sku": "X", "opening_quantity": "-1"}, "greater than or equal to 0"),
            ({"sku": "X", "barcode": "5701234567891"}, "The last digit should be 9"),
        ],
    )
    def test_refusals_stand_in_the_form(self, browse, fields, text):
        make_product(sku="MUG-1")
        response = browse.post(ADD, posted(**fields))
        assert response.status_code == 200
        assert text in response.content.decode()
        assert Product.objects.count() == 1


class TestChange:
    def edit(self, browse, product, **fields):
        fields = posted(sku=product.sku, name=product.name) | fields
        fields.setdefault("seen_version", product.version)
        del fields["opening_location"]  # is not on the page of a product there is
        return browse.post(change_url(product), fields)

    def test_edit_is_in_the_trail(self, browse):
        product = make_product(price=Decimal("9.90"))
        assert self.edit(browse, product, name="Cup").status_code == 302
        change = ProductChange.objects.first()
        assert change.after == {"name": "Cup", "version": 2}
        assert change.operation.source == "admin"

    def test_saving_without_a_change_makes_no_operation(self, browse):
        product = make_product(price=Decimal("9.90"))
        self.edit(browse, product)
        assert Operation.objects.count() == 1

    def test_stock_is_shown_and_moved_elsewhere(self, browse):
        product = make_product(stock=5)
        page = browse.get(change_url(product)).content.decode()
        assert reverse("products:stock_adjust", args=[product.pk]) in page
        self.edit(browse, product, on_hand="99", available="99", version="99")
        assert reload(product).on_hand == 5

    def test_two_editors_are_told_once(self, browse):
        product = make_product(name="Mug", price=Decimal("9.90"))
        update_product(
            product_id=product.pk,
            changes={"name": "Theirs"},
            seen_version=1,
            circumstances=by("Jonas"),
        )
        answer = self.edit(browse, product, name="Mine").content.decode()
        assert "Jonas changed this to “Theirs”" in answer
        assert 'name="seen_version" value="2"' in answer
        self.edit(browse, product, name="Mine", seen_version=2)
        assert reload(product).name == "Mine"

    def test_deleted_meanwhile(self, browse):
        product = make_product()
        url = change_url(product)
        product.delete()
        assert browse.post(url, posted()).status_code == 302


class TestPicture:
    def file(self, content=b""):
        if not content:
            buffer = io.BytesIO()
            Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
            content = buffer.getvalue()
        return SimpleUploadedFile("mug.png", content, "image/png")

    def test_is_drawn_anew_and_can_be_removed(self, browse):
        browse.post(ADD, posted(picture=self.file()))
        product = Product.objects.get()
        assert product.image.name.endswith(".webp")
        fields = posted(remove_picture="on", seen_version="1")
        browse.post(change_url(product), fields)
        assert reload(product).image.name == ""

    def test_what_is_no_picture_is_refused_in_the_form(self, browse):
        response = browse.post(ADD, posted(picture=self.file(b"<html>")))
        assert "Choose a JPEG, PNG or WebP picture" in response.content.decode()
        assert not Product.objects.exists()


class TestActions:
    def act(self, browse, action, *products, **extra):
        chosen = [product.pk for product in products]
        return browse.post(LIST, {"action": action, "_selected_action": chosen} | extra)

    def test_archive_is_one_operation(self, browse):
        products = [make_product(), make_product()]
        response = self.act(browse, "archive", *products)
        assert texts(response) == ["2 products archived."]
        assert Operation.objects.filter(kind="product_archived").count() == 1

    def test_archiving_twice_says_so(self, browse):
        response = self.act(browse, "archive", make_product(status="archived"))
        assert texts(response) == ["Archived already. Nothing was changed."]

    def test_delete_shows_what_goes_then_keeps_the_record(self, browse):
        product = make_product(stock=3, name="Blue mug")
        page = self.act(browse, "delete_selected", product).content.decode()
        assert "Blue mug" in page
        assert "3 on hand will be written off" in page
        self.act(browse, "delete_selected", product, post="yes")
        assert not Product.objects.exists()
        assert ProductChange.objects.deletions().count() == 1

    def test_delete_one(self, browse):
        product = make_product(stock=3)
        url = reverse("admin:products_product_delete", args=[product.pk])
        browse.post(url, {"post": "yes"})
        assert product.movements.first().kind == "written_off"


class TestList:
    def test_search_finds_word_beginnings(self, browse):
        make_product(name="Åre jumper")
        make_product(name="Mug")
        page = browse.get(LIST, {"q": "are jum"}).content.decode()
        assert "Åre jumper" in page
        assert ">Mug<" not in page

    def test_autocomplete(self, browse):
        make_category("Mugs & cups")
        answer = browse.get(
            "/admin/autocomplete/",
            {
                "app_label": "products",
                "model_name": "product",
                "field_name": "category",
                "term": "mug",
            },
        )
        assert answer.json()["results"][0]["text"] == "Mugs & cups"

    def test_no_row_costs_a_query(self, browse, django_assert_num_queries):
        category = make_category()
        make_product(category=category)
        with CaptureQueriesContext(connection) as one:
            browse.get(LIST)
        for _ in range(30):
            adjust(make_product(category=category), 1)
        with django_assert_num_queries(len(one)):
            browse.get(LIST)


class TestWhoMay:
    def test_clerk_is_turned_away(self, client, clerk):
        client.force_login(clerk)
        assert client.get(LIST).status_code in {302, 403}

    def test_cost_needs_its_permission(self, client, admin):
        admin.groups.first().permissions.filter(codename="view_cost").delete()
        client.force_login(admin)
        page = client.get(ADD).content.decode()
        assert 'name="price"' in page
        assert 'name="cost"' not in page


class TestOddAddresses:
    @pytest.mark.parametrize("value", ["x", "NaN", "-1", "9" * 30])
    def test_a_category_that_is_no_id_is_left_out(self, browse, value):
        assert browse.get(ADD, {"category": value}).status_code == 200
        assert browse.post(ADD, posted(category=value)).status_code == 200

    def test_a_nul_in_the_address_is_refused(self, browse):
        assert browse.get(LIST, {"status__exact": "\0"}).status_code == 400
