"""The holds that the demo leaves behind."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from products.demo.holding import FEWEST, Keeper
from products.models import Hold, Operation, Product
from products.reports.stock_check import check_stock
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def keep() -> None:
    since = NOW - timedelta(minutes=5)
    Keeper(["Ada", "Ben"], "Web shop", since=since, now=NOW).keep_goods()


def test_one_in_every_state():
    for _each in range(FEWEST + 3):
        make_product(stock=30, reorder_point=5)
    keep()
    states = Counter(Hold.objects.values_list("state", flat=True))
    assert states == {"open": 6, "fulfilled": 2, "released": 1, "expired": 1}
    assert not Hold.objects.due(NOW).exists()
    soon = NOW + timedelta(hours=1)
    assert Hold.objects.open().filter(expires_at__lt=soon).count() == 2
    assert Hold.objects.open().filter(expires_at=None).count() == 1
    assert set(Product.objects.values_list("stock_status", flat=True)) == {"in_stock"}
    assert check_stock().ok


def test_each_step_happened_after_the_one_before():
    for _each in range(FEWEST + 3):
        make_product(stock=30, reorder_point=5)
    before = Operation.objects.latest("pk").pk
    keep()
    steps = Operation.objects.filter(pk__gt=before).order_by("pk")
    moments = list(steps.values_list("created_at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < NOW


def test_a_shop_with_little_is_left_alone():
    make_product(stock=30)
    keep()
    assert not Hold.objects.exists()
