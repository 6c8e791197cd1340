"""Methods that a page doesn't mean are refused, before the site asks who it is."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inventory_site.tests.permissions_table import ROWS, Row
from products.models import Brand

OTHERS = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
ADDRESSES = {row.name: row for row in ROWS}
MEANT = {
    name: {row.method for row in ROWS if row.name == name}
    | (
        {"HEAD"}
        if any(row.name == name and row.method == "GET" for row in ROWS)
        else set()
    )
    for name in ADDRESSES
}


@pytest.mark.django_db
@pytest.mark.parametrize("row", ADDRESSES.values(), ids=lambda row: row.name)
def test_of_each_page(row: Row, client: Client) -> None:
    address = reverse(row.name, kwargs=dict(row.given()))
    for method in OTHERS + sorted({"GET", "HEAD", "POST"} - MEANT[row.name]):
        response = client.generic(method, address)
        assert response.status_code == 405, method
        assert set(response["Allow"].split(", ")) == MEANT[row.name]


@pytest.mark.parametrize(
    ("address", "methods"),
    [
        ("/admin/", "GET, HEAD"),
        ("/admin/login/", "GET, HEAD, POST"),
        ("/admin/jsi18n/", "GET, HEAD"),
        ("/admin/products/", "GET, HEAD"),
        ("/admin/products/brand/", "GET, HEAD, POST"),
        ("/admin/products/brand/add/", "GET, HEAD, POST"),
        ("/admin/nothing", "GET, HEAD"),
        ("/static/css/base.css", "GET, HEAD"),
        ("/dashboard/", "GET, HEAD"),
    ],
)
@pytest.mark.django_db
def test_where_no_page_of_ours_is(
    client: Client, admin: User, address: str, methods: str
) -> None:
    client.force_login(admin)
    refused = [*OTHERS, *([] if "POST" in methods else ["POST"])]
    for method in refused:
        response = client.generic(method, address)
        assert response.status_code == 405, method
        assert response["Allow"] == methods


def test_a_field_overrides_no_method(client: Client, admin: User) -> None:
    brand = Brand.objects.create(name="Linden")
    client.force_login(admin)
    address = f"/admin/products/brand/{brand.pk}/change/"
    for form in ({"_method": "DELETE"}, {"_method": ["PUT", "DELETE"]}):
        client.post(address, form, headers={"X-HTTP-Method-Override": "DELETE"})
    assert Brand.objects.filter(pk=brand.pk).exists()
