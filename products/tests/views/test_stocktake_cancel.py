"""/stock/counts/<id>/cancel"""

import pytest
from django.test import Client

from products.models import Stocktake
from products.tests.factories import make_product, reload
from products.tests.stocktaking import count, started
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def test_asks_and_changes_no_stock(as_admin: Client) -> None:
    product = make_product(stock=9)
    stocktake = started(name="Shelf B")
    count(stocktake, product, 4)
    url = f"/stock/counts/{stocktake.pk}/cancel"
    assert "Cancel “Shelf B”?" in as_admin.get(url).content.decode()
    assert flashes(as_admin.post(url, follow=True)) == ["“Shelf B” is cancelled."]
    assert Stocktake.objects.get().state == "cancelled"
    assert reload(product).on_hand == 9


def test_once(as_admin: Client) -> None:
    make_product(stock=9)
    url = f"/stock/counts/{started().pk}/cancel"
    as_admin.post(url)
    assert "has gone on meanwhile" in as_admin.post(url).content.decode()
    assert as_admin.get(url).status_code == 302
