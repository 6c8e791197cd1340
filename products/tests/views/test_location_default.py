"""/stock/locations/<id>/default"""

import pytest
from django.test import Client

from products.models import Location
from products.tests.factories import make_location
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def test_moves_the_default(as_admin: Client) -> None:
    back = make_location()
    response = as_admin.post(f"/stock/locations/{back.pk}/default", follow=True)
    assert flashes(response) == ["“Back room” is the default location now."]
    assert Location.objects.get_default() == back


def test_not_to_one_out_of_use(as_admin: Client) -> None:
    back = make_location(is_active=False)
    response = as_admin.post(f"/stock/locations/{back.pk}/default", follow=True)
    assert "must be active" in flashes(response)[0]
    assert Location.objects.get_default() != back
