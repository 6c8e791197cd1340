"""/stock/counts/<id>/reopen"""

import pytest
from django.test import Client

from products.models import Stocktake
from products.tests.factories import make_product
from products.tests.stocktaking import review, started
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def test_back_to_counting(as_admin: Client) -> None:
    make_product(stock=3)
    stocktake = review(started(name="Shelf B"))
    url = f"/stock/counts/{stocktake.pk}/reopen"
    [sentence] = flashes(as_admin.post(url, follow=True))
    assert sentence == "“Shelf B” is open for counting again."
    assert Stocktake.objects.get().state == "counting"
    assert "has gone on" in flashes(as_admin.post(url, follow=True))[0]
