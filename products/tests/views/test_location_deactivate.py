"""/stock/locations/<id>/deactivate"""

import pytest
from django.test import Client

from products.models import Location
from products.tests.factories import make_location, make_product
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def url_of(location: Location) -> str:
    return f"/stock/locations/{location.pk}/deactivate"


def test_takes_it_out_of_use(as_admin: Client) -> None:
    back = make_location()
    assert "Deactivate “Back room”?" in as_admin.get(url_of(back)).content.decode()
    response = as_admin.post(url_of(back), follow=True)
    assert flashes(response) == ["“Back room” is not in use any more."]
    assert not Location.objects.get(pk=back.pk).is_active


def test_says_what_stands_against_it_and_has_no_button(as_admin: Client) -> None:
    back = make_location()
    make_product(stock=2, location=back)
    text = as_admin.get(url_of(back)).content.decode()
    assert "“Back room” is still in use" in text
    assert "2 units are here" in text
    assert "Deactivate location</button>" not in text


def test_stock_that_came_meanwhile(as_admin: Client) -> None:
    back = make_location()
    make_product(stock=2, location=back)
    response = as_admin.post(url_of(back))
    assert "Move them away first." in response.content.decode()
    assert Location.objects.get(pk=back.pk).is_active
