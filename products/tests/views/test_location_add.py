"""/stock/locations/new"""

import pytest
from django.test import Client

from products.models import Location
from products.tests.factories import make_location
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db
URL = "/stock/locations/new"


def test_adds(as_admin: Client) -> None:
    data = open_form(as_admin, URL, name="Blue van", code="VAN-1", priority="3")
    response = as_admin.post(URL, data, follow=True)
    assert flashes(response) == ["“Blue van” added. Stock can go there now."]
    van = Location.objects.get(code="VAN-1")
    assert (van.name, van.kind, van.priority, van.is_active) == (
        "Blue van",
        "stock",
        3,
        True,
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"code": ""}, "code"),
        ({"code": " back "}, "code"),
        ({"code": "x" * 41}, "code"),
        ({"code": "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 40}, "code"),
        ({"priority": "-1"}, "priority"),
        ({"priority": "9" * 30}, "priority"),
    ],
)
def test_refuses(as_admin: Client, typed: dict[str, str], field: str) -> None:
    make_location()
    response = as_admin.post(URL, {"name": "Van", "code": "VAN"} | typed)
    assert list(response.context["form"].errors) == [field]
    assert Location.objects.count() == 2


def test_order_may_be_left_out(as_admin: Client) -> None:
    as_admin.post(URL, {"name": "Van", "code": "VAN", "priority": ""})
    assert Location.objects.get(code="VAN").priority == 0
