"""/stock/counts/<id>/finish"""

import pytest
from django.test import Client

from products.models import Stocktake
from products.tests.factories import make_product
from products.tests.stocktaking import draft, started
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def test_who_counts_hands_it_in(as_clerk: Client) -> None:
    make_product(stock=3)
    url = f"/stock/counts/{started(name='Shelf B').pk}/finish"
    [sentence] = flashes(as_clerk.post(url, follow=True))
    assert sentence == "“Shelf B” is counted and waits for its review."
    assert Stocktake.objects.get().state == "review"


def test_draft_is_not_counted(as_clerk: Client) -> None:
    response = as_clerk.post(f"/stock/counts/{draft().pk}/finish", follow=True)
    assert "has gone on meanwhile" in flashes(response)[0]
