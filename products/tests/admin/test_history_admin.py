"""History in the admin: readable by those who may, untouchable for everybody."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from products.models import (
    Closing,
    Digest,
    ImportRun,
    Operation,
    ProductChange,
    StockLevel,
    StockMovement,
)
from products.tests.factories import adjust, make_product

pytestmark = pytest.mark.django_db

MODELS = [
    Operation,
    StockMovement,
    ProductChange,
    StockLevel,
    ImportRun,
    Closing,
    Digest,
]


def url(model, page, *args):
    return reverse(f"admin:products_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def root(client, django_user_model):
    person = django_user_model.objects.create_superuser(
        "root@example.com", "a long password", name="Root"
    )
    client.force_login(person)
    return client


@pytest.fixture
def rows():
    adjust(make_product(stock=5, name="Mug"), -1)
    ImportRun.objects.create(file_name="a.csv", size=1, actor_label="T")
    Closing.objects.create(actor_label="T")
    Digest.objects.create(fingerprint="f", head="h", product_count=1, recipients="t")


@pytest.mark.parametrize("model", MODELS)
def test_superuser_reads_and_touches_nothing(root, rows, model):
    row = model.objects.latest("pk")
    assert root.get(url(model, "changelist")).status_code == 200
    assert root.get(url(model, "change", row.pk)).status_code == 200
    assert root.post(url(model, "change", row.pk), {"sku": "X"}).status_code == 403
    assert root.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert root.get(url(model, "add")).status_code == 403


@pytest.mark.parametrize("model", MODELS[:4])
def test_no_row_costs_a_query(root, django_assert_num_queries, model):
    adjust(make_product(stock=5), -1)
    with CaptureQueriesContext(connection) as one:
        root.get(url(model, "changelist"))
    for _ in range(20):
        adjust(make_product(stock=5), -1)
    with django_assert_num_queries(len(one)):
        root.get(url(model, "changelist"))


def test_deleted_products_history_stays_in_the_list(root):
    product = make_product(stock=5, sku="GONE-1")
    product.delete()
    assert "GONE-1" in root.get(url(StockMovement, "changelist")).content.decode()


def test_cost_needs_its_permission(client, admin):
    make_product(cost=Decimal("777.77"))
    page = url(ProductChange, "change", ProductChange.objects.latest("pk").pk)
    client.force_login(admin)
    assert "777.77" in client.get(page).content.decode()
    admin.groups.first().permissions.filter(codename="view_cost").delete()
    assert "777.77" not in client.get(page).content.decode()
