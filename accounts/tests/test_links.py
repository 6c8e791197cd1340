"""Links in mails: from the settings, whatever Host header the client sends."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.links import link_to
from accounts.tests.people import make_user


@pytest.mark.parametrize(
    ("url", "hosts", "https", "expected"),
    [
        ("https://shop.example", ["other.example"], True, "https://shop.example/x"),
        ("", ["shop.example", "b.example"], True, "https://shop.example/x"),
        ("", [".shop.example"], False, "http://shop.example/x"),
        ("", ["*"], False, "http://localhost/x"),
    ],
)
def test_link_begins_as_the_settings_say(
    settings: Settings, url: str, hosts: list[str], expected: str, *, https: bool
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = url, hosts
    settings.SECURE_SSL_REDIRECT = https
    assert link_to("/x") == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize(
    ("address", "email"),
    [
        ("/account/password/reset", "nora@example.com"),
        ("/account/password/reset", "nobody@example.com"),
        ("/register", "nora@example.com"),
        ("/register", "new@example.com"),
    ],
)
def test_host_header_is_in_no_mail(
    client: Client, settings: Settings, address: str, email: str
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    make_user()
    form = {"email": email, "name": "Nora", "password": "eight brown owls"}
    client.post(address, form, headers={"host": "evil.example"})
    [message] = mail.outbox
    assert "evil.example" not in str(message.body)
    assert "https://shop.example/" in str(message.body)
