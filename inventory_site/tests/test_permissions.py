"""Holds the permission table against the site, row by row and role by role."""

import pytest
from django.test import Client
from django.urls import reverse

from inventory_site.tests.permissions_table import (
    LOGIN,
    PUBLIC,
    ROWS,
    SIGNED_IN,
    Row,
)
from inventory_site.tests.routes import Route, named_routes

ROLES = ["anonymous", "regular", "clerk", "admin"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
def test_status(
    row: Row, role: str, client: Client, request: pytest.FixtureRequest
) -> None:
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    address = reverse(row.name, kwargs=dict(row.given()))
    response = client.generic(row.method, address)
    expected = getattr(row, role)
    if expected == LOGIN:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login") + "?next=")
    else:
        assert response.status_code == expected


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
