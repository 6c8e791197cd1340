import csv
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from products.tests.importing.files import import_text


@pytest.fixture
def run(db):
    return import_text("sku,name,price,cost\n=A,Mug,=1+1,\nB,Cup,1,dear\n").run


def rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def test_every_fault_is_a_row(client, admin, run):
    client.force_login(admin)
    response = client.get(reverse("products:import_refused", args=[run.pk]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="shop-refused.csv"' in response["Content-Disposition"]
    header, first, second = rows(response)
    assert header == ["Row", "Column", "Value", "Why", "How to mend it"]
    assert first[:4] == ["2", "price", "'=1+1", "Not a number."]
    assert second[:3] == ["3", "cost", "dear"]


def test_costs_are_for_those_who_may_see_them(client, clerk, run):
    clerk.user_permissions.add(Permission.objects.get(codename="import_products"))
    client.force_login(clerk)
    response = client.get(reverse("products:import_refused", args=[run.pk]))
    assert rows(response)[2][2] == "not shown to you"


def test_an_unknown_number_is_not_found(client, admin):
    client.force_login(admin)
    assert client.get("/imports/9/refused.csv").status_code == 404


def test_clerks_may_not(client, clerk, run):
    client.force_login(clerk)
    assert client.get(f"/imports/{run.pk}/refused.csv").status_code == 403
