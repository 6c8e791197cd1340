import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from products.tests.factories import make_product

URL = "/products/export"


@pytest.fixture
def mug(db):
    return make_product(sku="MUG-1", name="Bølge", cost="6.5", stock=3)


def content(response):
    return b"".join(response.streaming_content).decode()


def test_the_address():
    assert reverse("products:product_export") == URL


def test_an_admin_gets_every_product_with_its_cost(client, admin, mug):
    client.force_login(admin)
    response = client.get(URL)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="products-')
    text = content(response)
    assert "MUG-1,Bølge," in text
    assert ",6.5," in text


def test_without_view_cost_there_is_no_cost_column(client, clerk, mug):
    clerk.user_permissions.add(Permission.objects.get(codename="export_products"))
    client.force_login(clerk)
    assert "cost" not in content(client.get(URL))


def test_clerks_may_not(client, clerk):
    client.force_login(clerk)
    assert client.get(URL).status_code == 403


def test_only_get_is_answered(client, admin):
    client.force_login(admin)
    assert client.post(URL).status_code == 405
