"""What each answer tells the browser to refuse."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inventory_site.tests.permissions_table import LOGIN, ROWS, Row

SCANNING_PAGE = "products:scan"
PAGES = ["account_login", "healthz", "admin:login"]


@pytest.fixture(params=PAGES)
def headers(request: pytest.FixtureRequest, client: Client) -> dict[str, str]:
    return dict(client.get(reverse(request.param)).headers)


@pytest.mark.django_db
def test_policy_runs_and_frames_nothing_foreign(headers: dict[str, str]) -> None:
    sources = {
        name: values.split()
        for name, _, values in (
            directive.strip().partition(" ")
            for directive in headers["Content-Security-Policy"].split(";")
        )
    }
    assert sources["default-src"] == ["'none'"]
    assert sources["script-src"] == sources["style-src"] == ["'self'"]
    assert sources["frame-ancestors"] == sources["base-uri"] == ["'none'"]
    assert sources["form-action"] == ["'self'"]
    assert not [
        word for words in sources.values() for word in words if "unsafe" in word
    ]


@pytest.mark.django_db
def test_other_protections(headers: dict[str, str]) -> None:
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: Client, regular: User
) -> None:
    client.get(reverse("account_login"))
    form = {"email": regular.email, "password": "a long password"}
    client.post(reverse("account_login"), form)
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.method == "GET" and row.name != SCANNING_PAGE],
    ids=lambda row: row.name,
)
def test_only_the_scanning_page_gets_camera_and_web_assembly(
    row: Row, client: Client, admin: User
) -> None:
    if row.anonymous == LOGIN:
        client.force_login(admin)
    headers = client.get(reverse(row.name, kwargs=dict(row.given()))).headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"


def test_static_files_come_from_this_process(client: Client) -> None:
    assert finders.find("css/base.css")
    response = client.get("/static/css/base.css")
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response).startswith(b"/*")


def test_signed_in_pages_are_kept_by_nobody_else(client: Client, admin: User) -> None:
    client.force_login(admin)
    for name in ("products:dashboard", "accounts:people_list", "accounts:profile"):
        control = client.get(reverse(name)).headers["Cache-Control"]
        assert control == "private, no-store"


def test_only_forms_with_a_picture_show_what_is_not_sent_yet(
    client: Client, admin: User
) -> None:
    client.force_login(admin)
    add = client.get(reverse("products:product_add"))
    assert "img-src 'self' data: blob:" in add.headers["Content-Security-Policy"]
    dashboard = client.get(reverse("products:dashboard"))
    assert "blob:" not in dashboard.headers["Content-Security-Policy"]
