"""/stock/locations/<id>/activate"""

import pytest
from django.test import Client

from products.models import Location
from products.tests.factories import make_location
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def test_takes_it_into_use_again(as_admin: Client) -> None:
    back = make_location(is_active=False)
    response = as_admin.post(f"/stock/locations/{back.pk}/activate", follow=True)
    assert flashes(response) == ["“Back room” is in use again."]
    assert back in Location.objects.stocked()


def test_only_what_takes_stock(as_admin: Client) -> None:
    road = make_location(kind="transit", is_active=False)
    response = as_admin.post(f"/stock/locations/{road.pk}/activate")
    assert response.status_code == 404
