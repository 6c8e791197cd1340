"""What was refused before or beside a view."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from inventory_site.tests.security_lines import SecurityLines

pytestmark = pytest.mark.django_db


def test_denied_page_names_person_page_and_client(
    client: Client, regular: User, security_lines: SecurityLines
) -> None:
    client.force_login(regular)
    security_lines.texts.clear()
    client.get("/account/people", REMOTE_ADDR="203.0.113.9")
    line = security_lines.only("page_denied")
    assert line["outcome"] == "refused"
    assert (line["user"], line["name"]) == (regular.pk, "Rosa Regular")
    assert (line["client"], line["method"]) == ("203.0.113.9", "GET")
    assert (line["via"], line["page"]) == ("site", "accounts:people_list")


def test_denied_button_names_the_row(
    client: Client, regular: User, security_lines: SecurityLines
) -> None:
    client.force_login(regular)
    client.post("/account/people/12/deactivate")
    line = security_lines.only("page_denied")
    assert (line["page"], line["of"]) == ("accounts:person_deactivate", 12)


def test_forwarded_address_counts_behind_a_proxy_only(
    client: Client,
    regular: User,
    settings: Settings,
    security_lines: SecurityLines,
) -> None:
    client.force_login(regular)
    forwarded = {"X-Forwarded-For": "6.6.6.6, 198.51.100.7"}
    client.get("/account/people", headers=forwarded)
    settings.TRUSTED_PROXY_COUNT = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.get("/account/people", headers=forwarded)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3  # more than there are: the connection's
    client.get("/account/people", headers=forwarded)
    told = [line["client"] for line in security_lines.of("page_denied")]
    assert told == ["127.0.0.1", "198.51.100.7", "127.0.0.1"]


def test_form_without_its_token(security_lines: SecurityLines) -> None:
    Client(enforce_csrf_checks=True).post("/login", {"email": "rosa@example.com"})
    line = security_lines.only("csrf_failed")
    assert line["facts"] == {"reason": "CSRF cookie not set."}
    assert security_lines.events() == ["csrf_failed"]


def test_host_that_is_not_ours(client: Client, security_lines: SecurityLines) -> None:
    client.get("/login", headers={"Host": "evil.example"})
    line = security_lines.only("bad_request")
    assert line["facts"] == {"reason": "DisallowedHost"}


def test_method_that_is_not_meant(
    client: Client, regular: User, security_lines: SecurityLines
) -> None:
    client.force_login(regular)
    client.generic("DELETE", "/account/sessions/others/end")
    assert security_lines.only("bad_request")["facts"] == {"reason": "method"}


def test_body_that_is_too_large(client: Client, security_lines: SecurityLines) -> None:
    client.post("/login", {"email": "x" * 17_000_000})
    assert security_lines.only("bad_request")["facts"] == {"reason": "too_large"}


def test_door_of_the_admin(
    client: Client, regular: User, security_lines: SecurityLines
) -> None:
    client.post("/admin/login/", {"username": "root", "password": "root"})
    assert security_lines.only("admin_refused")["user"] is None
    client.force_login(regular)
    client.get("/admin/", follow=True)
    assert security_lines.of("admin_refused")[-1]["user"] == regular.pk


def test_page_of_the_admin_that_an_admin_may_not(
    client: Client, admin: User, security_lines: SecurityLines
) -> None:
    client.force_login(admin)
    client.get("/admin/auth/group/")
    assert security_lines.only("page_denied")["via"] == "admin"


def test_ordinary_answers_are_not_worth_a_line(
    client: Client, admin: User, security_lines: SecurityLines
) -> None:
    client.get("/dashboard")
    client.force_login(admin)
    security_lines.texts.clear()
    for address in ("/dashboard", "/nonsense", "/admin/", "/healthz"):
        client.get(address)
    assert not security_lines.texts


def test_a_log_that_fails_fails_no_request(
    client: Client, regular: User, monkeypatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("inventory_site.security.lines.io.FileIO", fail)
    monkeypatch.setattr("sys.stderr.write", fail, raising=False)
    client.force_login(regular)
    assert client.get("/account/people").status_code == 403
