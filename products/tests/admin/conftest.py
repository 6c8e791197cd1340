"""What the tests of the admin share: people, a row of each kind, short lists."""

from decimal import Decimal

import pytest
from django.contrib import admin as django_admin
from django.utils import timezone

from products.admin import lists, paging
from products.models import (
    Brand,
    Closing,
    Digest,
    ImportRun,
    Location,
    ProductGroup,
    Stocktake,
    StocktakeLine,
    Transfer,
    TransferLine,
)
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import (
    adjust,
    by,
    make_category,
    make_location,
    make_product,
)


@pytest.fixture
def browse(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def root(client, django_user_model):
    person = django_user_model.objects.create_superuser("root@example.com", name="Root")
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def one_of_each():
    """A row in every list, with columns filled and left empty."""
    main, back = Location.objects.get_default(), make_location()
    kitchen = make_category("Kitchen & more")
    brand = Brand.objects.create(name="<Brand>")
    group = ProductGroup.objects.create(name="Tee", handle="tee", option1_name="Size")
    product = make_product(
        stock=1_234_567,
        name="<b>Mug</b>",
        category=make_category("Mugs", kitchen),
        brand=brand,
        group=group,
        price=Decimal("1234.50"),
    )
    make_product(name="   x", price=None)
    adjust(product, -1)
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
    transfer = Transfer.objects.create(
        source=main, destination=back, created_by_label="Ada"
    )
    TransferLine.objects.create(
        transfer=transfer, product=product, sku=product.sku, quantity=2
    )
    counted = Stocktake.objects.create(
        name="Spring", location=main, created_by_label="Ada"
    )
    StocktakeLine.objects.create(
        stocktake=counted, product=product, sku=product.sku, location=main
    )
    ImportRun.objects.create(file_name="a.csv", size=1, actor_label="T")
    Closing.objects.create(actor_label="T", closed_through=timezone.localdate())
    Digest.objects.create(fingerprint="f", head="h", product_count=1, recipients="t")
    return product


@pytest.fixture
def short(monkeypatch):
    """Ten rows count as many."""
    monkeypatch.setattr(paging, "EXACT_UP_TO", 10)
    monkeypatch.setattr(lists, "EXACT_UP_TO", 10)
    for one in django_admin.site._registry.values():
        monkeypatch.setattr(one, "list_per_page", 4)
