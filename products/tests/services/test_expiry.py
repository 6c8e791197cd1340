"""services.expiry: the time of a hold is up, whoever notices first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.models import Hold, Product
from products.services import expiry
from products.services.deleting import delete_product
from products.services.expiry import expire_holds
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_product, reload

pytestmark = pytest.mark.django_db


def held_until_noon(stock: int = 5, quantity: int = 3) -> Product:
    """A product whose hold was up an hour ago."""
    product = make_product(stock=stock)
    now = timezone.now()
    hold_stock(
        wanted=[Wanted(product.pk, quantity)],
        circumstances=by(now=now - timedelta(hours=2)),
        expires_at=now - timedelta(hours=1),
    )
    return product


def test_every_due_hold_goes_in_small_transactions(monkeypatch):
    monkeypatch.setattr(expiry, "PRODUCTS", 2)
    products = [held_until_noon() for _each in range(5)]
    assert expire_holds() == 5
    assert [reload(product).available for product in products] == [5] * 5
    assert not Hold.objects.open().exists()


def test_holds_that_last_are_left_alone():
    product = make_product(stock=5)
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
    assert expire_holds(now=timezone.now() + timedelta(days=9_000)) == 0
    assert reload(product).reserved == 1


def test_at_its_minute_and_not_before():
    product = make_product(stock=5)
    until = timezone.now() + timedelta(minutes=30)
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by(), expires_at=until)
    assert expire_holds(now=until - timedelta(microseconds=1)) == 0
    assert expire_holds(now=until) == 1


def test_a_product_deleted_meanwhile_stops_nothing(monkeypatch):
    gone, kept = held_until_noon(), held_until_noon()
    lock = expiry.lock_products

    def delete_then_lock(product_ids):
        if Product.objects.filter(pk=gone.pk).exists():
            delete_product(product_id=gone.pk, circumstances=by())
        return lock(product_ids)

    monkeypatch.setattr(expiry, "lock_products", delete_then_lock)
    assert expire_holds() == 1
    assert reload(kept).reserved == 0
    assert not Hold.objects.open().exists()
