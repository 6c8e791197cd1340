"""Holds the permission table against the site, row by row and role by role."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from accounts.middleware import OPEN_WITHOUT_SECOND_FACTOR
from accounts.models import User
from accounts.services.people import deactivate_person
from accounts.tests.people import make_superuser
from inventory_site.tests.hostile.sending import taken_back
from inventory_site.tests.permissions_table import (
    LOGIN,
    PUBLIC,
    ROWS,
    SIGNED_IN,
    Row,
)
from inventory_site.tests.routes import Route, named_routes

SET_UP = "/account/second-factor"
ROLES = ["anonymous", "regular", "clerk", "admin"]
METHODS_OF_NOBODY = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "INVENT"]


def address_of(name: str) -> str:
    """Return an address of a route, whether or not there is anything."""
    made_up = {
        "figure": "on_hand",
        "name": "a",
        "key": "a",
        "token": "a",
        "uidb36": "1",
    }
    for keys in (
        [],
        ["pk"],
        ["name"],
        ["token"],
        ["key"],
        ["pk", "figure"],
        ["pk", "location_pk"],
        ["uidb36", "key"],
    ):
        try:
            return reverse(name, kwargs={key: made_up.get(key, 1) for key in keys})
        except NoReverseMatch:
            continue
    raise NoReverseMatch(name)


def client_of(role: str, request: pytest.FixtureRequest) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    return client


def assert_status(response: HttpResponse, expected: int) -> None:
    if expected == LOGIN:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login") + "?next=")
    else:
        assert response.status_code == expected


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
def test_status(row: Row, role: str, request: pytest.FixtureRequest) -> None:
    client = client_of(role, request)
    address = reverse(row.name, kwargs=dict(row.given()))
    if (row.method, role) == ("GET", "admin"):
        assert client.head(address).status_code == row.admin
    assert_status(client.generic(row.method, address), getattr(row, role))


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
def test_status_of_other_admins(row: Row, admin: User, settings: Settings) -> None:
    """One without the second factor that is asked of him, a superuser, and one who was
    deactivated while his session is open.
    """
    client = Client()
    client.force_login(admin)
    address = reverse(row.name, kwargs=dict(row.given()))
    settings.REQUIRE_MFA_FOR_ADMINS = True
    if row.name not in OPEN_WITHOUT_SECOND_FACTOR:
        response = client.generic(row.method, address)
        assert (response.status_code, response["Location"]) == (302, SET_UP)
    settings.REQUIRE_MFA_FOR_ADMINS = False
    with taken_back():
        User.objects.filter(pk=admin.pk).update(is_superuser=True)
        assert_status(client.generic(row.method, address), row.admin)
    client.force_login(admin)
    make_superuser()  # the last admin can't be deactivated
    deactivate_person(person=admin)
    assert_status(client.generic(row.method, address), row.anonymous)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_role_makes_another_method_of_use(
    role: str, request: pytest.FixtureRequest
) -> None:
    """What isn't in the table is 405, before anything is looked for."""
    client = client_of(role, request)
    answered = {(row.name, row.method) for row in ROWS}
    for name in {row.name for row in ROWS}:
        address = address_of(name)
        for method in [*METHODS_OF_NOBODY, "GET", "POST"]:
            if (name, method) not in answered:
                response = client.generic(method, address)
                assert response.status_code == 405, (method, address)


def test_each_address_and_method_has_a_row() -> None:
    rows = {(row.name, row.method) for row in ROWS}
    answered = {(r.name, method) for r in named_routes() for method in r.methods}
    assert not sorted(answered - rows)


def test_no_row_for_an_address_that_is_gone() -> None:
    assert not {row.name for row in ROWS} - {route.name for route in named_routes()}


@pytest.mark.parametrize("route", named_routes(), ids=lambda route: route.name)
def test_view_says_who_may(route: Route) -> None:
    """Public, for everybody signed in, or with a permission: never by accident."""
    is_public = not getattr(route.view, "login_required", True)
    assert is_public == (route.name in PUBLIC)
    view_class = getattr(route.view, "view_class", None)
    has_permission = bool(getattr(view_class, "permission_required", None))
    assert has_permission == (route.name not in PUBLIC | SIGNED_IN)
