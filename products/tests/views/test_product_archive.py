"""/products/<id>/archive"""

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Operation, Product
from products.tests.factories import make_product, reload
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/dashboard"}


def url_of(product: Product) -> str:
    return reverse("products:product_archive", args=[product.pk])


def test_asks(as_admin: Client) -> None:
    product = make_product(name="Blue mug")
    assert "Archive “Blue mug”?" in as_admin.get(url_of(product)).content.decode()
    assert reload(product).status == Product.Status.ACTIVE


def test_archives_and_keeps_the_stock(as_admin: Client) -> None:
    product = make_product(name="Blue mug", stock=4)
    data = open_form(as_admin, url_of(product))
    response = as_admin.post(url_of(product), data, follow=True)
    assert flashes(response) == ["Product “Blue mug” archived."]
    assert reload(product).status == Product.Status.ARCHIVED
    assert reload(product).on_hand == 4


def test_can_be_undone(as_admin: Client) -> None:
    product = make_product()
    as_admin.post(url_of(product))
    operation = Operation.objects.first()
    as_admin.post(reverse("products:operation_undo", args=[operation.pk]))
    assert reload(product).status == Product.Status.ACTIVE


def test_from_the_delete_dialog_over_the_dashboard(as_admin: Client) -> None:
    product = make_product()
    delete = reverse("products:product_delete", args=[product.pk])
    page = as_admin.get(delete, headers=HTMX)
    assert f'hx-post="{url_of(product)}"' in page.content.decode()
    key = page.context["form"]["once_key"].value()
    response = as_admin.post(url_of(product), {"once_key": key}, headers=HTMX)
    assert '"product:changed"' in response["HX-Trigger"]
    assert reload(product).status == Product.Status.ARCHIVED


def test_archived_already(as_admin: Client) -> None:
    product = make_product(status=Product.Status.ARCHIVED)
    response = as_admin.post(url_of(product), follow=True)
    assert flashes(response) == ["Archived already. Nothing was changed."]


def test_a_double_click_archives_once(as_admin: Client) -> None:
    product = make_product(name="Blue mug")
    data = open_form(as_admin, url_of(product))
    as_admin.post(url_of(product), data)
    response = as_admin.post(url_of(product), data, follow=True)
    assert flashes(response)[-1] == "Product “Blue mug” archived."
    assert reload(product).version == 2


def test_unknown(as_admin: Client) -> None:
    assert as_admin.get("/products/999/archive").status_code == 404
    assert as_admin.post("/products/999/archive").status_code == 404


def test_only_by_post(as_admin: Client) -> None:
    product = make_product()
    assert as_admin.delete(url_of(product)).status_code == 405
    assert reload(product)
