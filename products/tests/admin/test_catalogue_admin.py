"""Categories, brands, groups and locations in the admin."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Brand, Category, Location, ProductGroup
from products.tests.factories import make_category, make_location, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(client, admin):
    client.force_login(admin)
    return client


def test_categories_with_what_they_are_inside_and_their_products(browse):
    mugs = make_category("Mugs", make_category("Kitchen"))
    make_product(category=mugs, name="Blue mug")
    make_product(name="Elsewhere")
    page = browse.get("/admin/products/category/").content.decode()
    assert 'field-parent nowrap">Kitchen' in page
    address = f"/admin/products/product/?category__id__exact={mugs.pk}"
    assert f'href="{address}"' in page
    page = browse.get(address).content.decode()
    assert ">Blue mug<" in page
    assert ">Elsewhere<" not in page


def test_same_name_in_the_same_place_is_refused_in_the_form(browse):
    make_category("Kitchen")
    response = browse.post("/admin/products/category/add/", {"name": "kitchen "})
    assert "There is a category of this name here already." in response.content.decode()
    assert Category.objects.count() == 1


def test_category_with_products_is_protected(browse):
    category = make_category()
    make_product(category=category)
    url = f"/admin/products/category/{category.pk}/delete/"
    browse.post(url, {"post": "yes"})
    assert Category.objects.exists()


def test_category_cannot_be_inside_itself(browse):
    kitchen = make_category("Kitchen")
    mugs = make_category("Mugs", kitchen)
    browse.post(
        f"/admin/products/category/{kitchen.pk}/change/",
        {"name": "Kitchen", "parent": mugs.pk},
    )
    kitchen.refresh_from_db()
    assert kitchen.parent is None


def test_brand_and_group(browse):
    browse.post("/admin/products/brand/add/", {"name": "Værksted"})
    browse.post("/admin/products/brand/add/", {"name": "VÆRKSTED"})
    assert Brand.objects.count() == 1
    group = ProductGroup.objects.create(name="Tee", handle="tee", option1_name="Size")
    make_product(group=group, option1="M", name="Tee M")
    page = browse.get(f"/admin/products/productgroup/{group.pk}/change/")
    assert "Tee M" in page.content.decode()


@pytest.mark.parametrize("model", ["category", "brand", "productgroup"])
def test_no_row_costs_a_query(browse, django_assert_num_queries, model):
    url = f"/admin/products/{model}/"
    make_category("First", make_category("Outside"))
    Brand.objects.create(name="First")
    ProductGroup.objects.create(name="G", handle="first")
    browse.get(url)
    with CaptureQueriesContext(connection) as one:
        browse.get(url)
    for number in range(20):
        parent = make_category(f"Category {number}")
        make_category("Inside", parent)
        Brand.objects.create(name=f"Brand {number}")
        ProductGroup.objects.create(name="G", handle=f"g{number}")
    with django_assert_num_queries(len(one)):
        browse.get(url)


def test_location_with_stock_cannot_be_switched_off(browse):
    back = make_location()
    make_product(stock=1, location=back)
    response = browse.post(
        f"/admin/products/location/{back.pk}/change/",
        {"name": "Back", "code": "BACK", "kind": "stock", "priority": "0"},
    )
    (reason,) = response.context["adminform"].form.errors["is_active"]
    assert reason.startswith("1 unit is here (")
    back.refresh_from_db()
    assert back.is_active


def test_kind_of_a_location_stays(browse):
    back = make_location()
    product = make_product(stock=1, location=back)
    browse.post(
        f"/admin/products/location/{back.pk}/change/",
        {
            "name": "New",
            "code": back.code,
            "kind": "transit",
            "priority": "0",
            "is_active": "on",
        },
    )
    back.refresh_from_db()
    assert (back.name, back.kind) == ("New", Location.Kind.STOCK)
    assert product.levels.get().location == back


@pytest.mark.parametrize("model", ["category", "brand"])
def test_name_whose_key_outgrows_its_column(browse, model):
    name = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 20  # 18 letters each
    response = browse.post(f"/admin/products/{model}/add/", {"name": name})
    assert response.context["errors"][0] == ["This is too long."]


def test_default_location_moves_by_action(browse):
    back = make_location()
    response = browse.post(
        "/admin/products/location/",
        {"action": "make_default", "_selected_action": [back.pk]},
    )
    assert Location.objects.get_default() == back
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert messages == ["“Back room” is the default location now."]
