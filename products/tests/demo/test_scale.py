"""Synthetic products through the bulk services."""

import pytest

from products.demo import scale
from products.demo.loading import ShopNotEmpty
from products.demo.scale import load_synthetic
from products.models import Product, ProductChange, StockMovement
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_products_with_two_movements_on_average():
    loaded = load_synthetic(40)
    assert (loaded.products, loaded.movements) == (40, 80)
    assert ProductChange.objects.count() == 40
    assert set(Product.objects.values_list("stock_status", flat=True)) == {
        "in_stock",
        "low",
        "out",
    }


def test_batches_continue_one_another(monkeypatch):
    told = []
    monkeypatch.setattr(scale, "BATCH", 15)
    loaded = load_synthetic(40, progress=lambda *step: told.append(step[1:]))
    assert told == [(15, 40), (30, 40), (40, 40)]
    assert loaded.products == Product.objects.values("sku").distinct().count() == 40


def test_refuses_a_shop_with_products():
    make_product()
    with pytest.raises(ShopNotEmpty):
        load_synthetic(5)
    assert StockMovement.objects.count() == 0
