"""Holds, transfers and stocktakes in the admin: read there, moved on the site."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from products.models import Hold, Location, Stocktake, Transfer, TransferLine
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location, make_product

pytestmark = pytest.mark.django_db

MODELS = [Hold, Transfer, Stocktake]


def url(model, page, *args):
    return reverse(f"admin:products_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def root(client, django_user_model) -> Client:
    client.force_login(
        django_user_model.objects.create_superuser("root@example.com", name="Root")
    )
    return client


def make_rows(back: Location) -> None:
    product = make_product(stock=5)
    main = Location.objects.get_default()
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
    transfer = Transfer.objects.create(
        source=main, destination=back, created_by_label="Ada"
    )
    TransferLine.objects.create(
        transfer=transfer, product=product, sku=product.sku, quantity=2
    )
    Stocktake.objects.create(name="Spring", location=main, created_by_label="Ada")


@pytest.mark.parametrize("model", MODELS)
def test_superuser_reads_and_touches_nothing(root, model):
    make_rows(make_location())
    row = model.objects.latest("pk")
    assert root.get(url(model, "changelist")).status_code == 200
    assert root.get(url(model, "change", row.pk)).status_code == 200
    assert root.post(url(model, "change", row.pk), {"state": "x"}).status_code == 403
    assert root.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert root.get(url(model, "add")).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_no_row_costs_a_query(root, django_assert_num_queries, model):
    back = make_location()
    make_rows(back)
    with CaptureQueriesContext(connection) as one:
        root.get(url(model, "changelist"))
    for _ in range(12):
        make_rows(back)
    with django_assert_num_queries(len(one)):
        root.get(url(model, "changelist"))


def test_lines_of_a_transfer(client, admin):
    make_rows(make_location())
    client.force_login(admin)
    page = client.get(url(Transfer, "change", Transfer.objects.get().pk))
    assert TransferLine.objects.get().sku in page.content.decode()
