"""Pages for what goes wrong: plain words, no loop, nothing of the inside."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import User
from inventory_site.urls import urlpatterns as site_patterns


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def broken(request: HttpRequest) -> HttpResponse:
    message = "relation products_product at 10.0.0.5 is gone"
    raise DatabaseError(message)


urlpatterns = [
    path("test/forbidden", forbidden),
    path("test/suspicious", suspicious),
    path("test/broken", broken),
    *site_patterns,
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor(client: Client, regular: User) -> Client:
    client.raise_request_exception = False
    client.force_login(regular)
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/test/forbidden", 403),
        ("/test/suspicious", 400),
        ("/test/broken", 500),
        ("/nonsense", 404),
    ],
)
def test_page_of_ours_without_the_inside(
    visitor: Client, address: str, status: int
) -> None:
    response = visitor.get(address)
    assert response.status_code == status
    words = response.content.decode()
    assert 'href="/static/css/' in words  # Django's own bare pages have no style
    assert "products_product" not in words
    assert "Traceback" not in words


@pytest.mark.django_db
def test_not_found_is_said_without_a_sign_in(client: Client) -> None:
    assert client.get("/nonsense").status_code == 404


def test_broken_database_still_gets_a_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No django_db mark: whatever asks the database here fails, as when it is down."""
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    response = client.get("/dashboard")
    assert response.status_code == 500
    assert b"<h1" in response.content


def test_form_from_a_stale_page_is_refused_kindly(regular: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(regular)
    response = strict.post("/logout")
    assert response.status_code == 403
    assert 'href="/static/css/' in response.content.decode()
