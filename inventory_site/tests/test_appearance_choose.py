"""Light or dark, and how low rows are, for those without scripts."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db

URL = "/account/appearance"


def test_theme_is_remembered_and_leads_back(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.get("/dashboard?q=mug&sort=name").text
    assert (
        '<input type="hidden" name="next" value="/dashboard?q=mug&amp;sort=name">'
        in (page)
    )
    answer = client.post(URL, {"theme": "dark", "next": "/dashboard?q=mug&sort=name"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/dashboard?q=mug&sort=name",
    )
    assert 'data-bs-theme="dark"' in client.get("/dashboard").text
    client.post(URL, {"theme": "light", "next": "/dashboard"})
    assert 'data-bs-theme="light"' in client.get("/dashboard").text


def test_rows_are_remembered_and_forgotten(client: Client, admin: User) -> None:
    make_product()
    client.force_login(admin)
    client.post(URL, {"density": "compact", "next": "/dashboard"})
    page = client.get("/dashboard").text
    assert 'data-density="compact"' in page
    assert 'name="density" value="comfortable"' in page
    client.post(URL, {"density": "comfortable", "next": "/dashboard"})
    page = client.get("/dashboard").text
    assert "data-density=" not in page
    assert 'name="density" value="compact"' in page


def test_cookie_is_that_of_the_scripts() -> None:
    cookie = Client().post(URL, {"theme": "dark", "next": "/"}).cookies["theme"]
    assert cookie["path"] == "/"
    assert cookie["max-age"] == 31_536_000
    assert cookie["samesite"] == "Lax"
    assert not cookie["httponly"]  # js/theme.js reads and writes it


def test_cookie_belongs_to_this_host_alone_under_https(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    given = {"theme": "dark", "density": "compact", "next": "/login"}
    client = Client()
    client.post(URL, given, secure=True)
    for name in ("__Host-theme", "__Host-density"):
        cookie = client.cookies[name]
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert 'data-bs-theme="dark"' in client.get("/login", secure=True).text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:0", ""],
)
def test_leads_nowhere_else(elsewhere: str) -> None:
    answer = Client().post(URL, {"theme": "dark", "next": elsewhere})
    assert answer["Location"] == "/"


def test_what_is_none_of_the_choices_changes_nothing() -> None:
    client = Client()
    answer = client.post(URL, {"theme": "sepia", "density": "", "next": "/login"})
    assert answer.status_code == 302
    assert not client.cookies


def test_a_link_changes_nothing() -> None:
    assert Client().get(URL, {"theme": "dark"}).status_code == 405


def test_needs_the_token_of_the_form() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(URL, {"theme": "dark", "next": "/login"})
    assert answer.status_code == 403
    assert "theme" not in answer.cookies
