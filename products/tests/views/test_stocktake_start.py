"""/stock/counts/<id>/start"""

import pytest
from django.test import Client

from products.models import Stocktake
from products.tests.factories import make_product
from products.tests.stocktaking import draft
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def test_starts_once(as_admin: Client) -> None:
    make_product(stock=3)
    url = f"/stock/counts/{draft('Shelf B').pk}/start"
    assert flashes(as_admin.post(url, follow=True)) == [
        "“Shelf B” is open for counting."
    ]
    [sentence] = flashes(as_admin.post(url, follow=True))
    assert "has gone on meanwhile" in sentence
    assert Stocktake.objects.get().lines.count() == 1


def test_nothing_to_count(as_admin: Client) -> None:
    response = as_admin.post(f"/stock/counts/{draft().pk}/start", follow=True)
    assert flashes(response) == ["There is nothing to count in what was chosen."]


def test_by_post_only(as_admin: Client) -> None:
    assert as_admin.get(f"/stock/counts/{draft().pk}/start").status_code == 405
    assert as_admin.post("/stock/counts/99/start").status_code == 404
