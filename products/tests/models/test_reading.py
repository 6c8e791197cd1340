"""models.reading: large tables in flat memory, and one moment for many queries."""

import pytest
from django.db import connection

from products.models import Operation, StockMovement, reading
from products.models.reading import in_key_order, one_moment
from products.tests.concurrency.racing import race
from products.tests.factories import adjust, make_location, make_product, receive

pytestmark = pytest.mark.django_db
KEYS = ("product_id", "location_id", "sequence")


@pytest.mark.parametrize("page", [1, 2, 3, 100])
def test_every_row_once_in_the_order_of_the_keys(monkeypatch, page):
    monkeypatch.setattr(reading, "PAGE", page)
    back = make_location()
    for product in [make_product(stock=5) for _number in range(3)]:
        receive(product, 2, location=back)
        adjust(product, 1)
    rows = StockMovement.objects.values_list(*KEYS)
    assert list(in_key_order(rows, KEYS, (0, 1, 2))) == sorted(rows)
    assert StockMovement.objects.count() == 9


@pytest.mark.django_db(transaction=True)
def test_one_moment_while_others_write():
    product = make_product(stock=5)
    with one_moment():
        before = StockMovement.objects.count()
        (answer,) = race(lambda _number: adjust(product, 1), 1)
        assert isinstance(answer, Operation), "the reader must not stop the writer"
        assert StockMovement.objects.count() == before
    assert StockMovement.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_writing_goes_on_as_usual_afterwards():
    with one_moment():
        list(StockMovement.objects.all())
    assert adjust(make_product(stock=5), 1)
    if connection.vendor == "sqlite":
        assert connection.transaction_mode == "IMMEDIATE"
