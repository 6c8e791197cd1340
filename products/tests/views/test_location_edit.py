"""/stock/locations/<id>"""

import pytest
from django.test import Client

from products.models import Location
from products.tests.factories import make_location
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


def url_of(location: Location) -> str:
    return f"/stock/locations/{location.pk}"


def test_saves(as_admin: Client) -> None:
    back = make_location()
    data = open_form(as_admin, url_of(back), name="Cellar")
    response = as_admin.post(url_of(back), data, follow=True)
    assert flashes(response) == ["“Cellar” saved."]
    back.refresh_from_db()
    assert (back.name, back.code) == ("Cellar", "BACK")


def test_extra_fields_are_not_read(as_admin: Client) -> None:
    back = make_location()
    extra = {"kind": "transit", "is_active": "", "is_default": "on"}
    as_admin.post(url_of(back), {"name": "Cellar", "code": "BACK"} | extra)
    back.refresh_from_db()
    assert (back.kind, back.is_active, back.is_default) == ("stock", True, False)


def test_code_of_another(as_admin: Client) -> None:
    back = make_location()
    response = as_admin.post(url_of(back), {"name": "Cellar", "code": "main"})
    assert list(response.context["form"].errors) == ["code"]


def test_transit_and_unknown_are_not_found(as_admin: Client) -> None:
    assert as_admin.get(url_of(make_location(kind="transit"))).status_code == 404
    assert as_admin.get(f"/stock/locations/{10**30}").status_code == 404
