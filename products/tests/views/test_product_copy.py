"""/add_product?copy=<id>"""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Brand, Product
from products.services.deleting import delete_product
from products.tests.factories import by, make_product, reload
from products.tests.views.filled import open_form

pytestmark = pytest.mark.django_db

URL = reverse("products:product_add")


def test_everything_but_codes_and_stock(as_admin: Client) -> None:
    brand = Brand.objects.create(name="Linden")
    known = make_product(
        name="Blue mug", sku="OLD", barcode="X1", brand=brand, stock=9, tags="blue"
    )
    url = f"{URL}?copy={known.pk}"
    data = open_form(as_admin, url)
    assert (data["name"], data["brand"], data["tags"]) == (
        "Blue mug",
        "Linden",
        "blue",
    )
    assert (data["sku"], data["barcode"], data["quantity"]) == ("", "", "")
    as_admin.post(url, data | {"sku": "NEW"})
    copy = Product.objects.get(sku="NEW")
    assert (copy.brand, copy.price, copy.on_hand) == (brand, known.price, 0)
    assert reload(known).on_hand == 9


@pytest.mark.parametrize("pk", ["999", "9" * 30, "x", "-1", "١"])
def test_of_nothing(as_admin: Client, pk: str) -> None:
    assert as_admin.get(f"{URL}?copy={pk}").status_code == 404


def test_of_a_product_deleted_meanwhile(as_admin: Client) -> None:
    known = make_product()
    url = f"{URL}?copy={known.pk}"
    data = open_form(as_admin, url, sku="NEW")
    delete_product(product_id=known.pk, circumstances=by())
    as_admin.post(url, data)
    assert Product.objects.get().sku == "NEW"


def test_a_copy_keeps_the_cost_nobody_sees(client: Client, regular: Any) -> None:
    known = make_product(cost=Decimal(5))
    regular.user_permissions.add(Permission.objects.get(codename="add_product"))
    client.force_login(regular)
    url = f"{URL}?copy={known.pk}"
    client.post(url, open_form(client, url, sku="NEW"))
    assert Product.objects.get(sku="NEW").cost == 5
