"""Addresses somebody made up by hand: an answer, never a 500."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HUGE = "9" * 30


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/account/people?who=%00", 200),
        pytest.param("/account/people?who=" + "x" * 60_000, 200, id="very long"),
        ("/account/people?page=0", 404),
        ("/account/people?page=x", 404),
        (f"/account/people?page={HUGE}", 404),
        ("/account/people?show=nonsense", 200),
        ("/account/invitations?page=9", 404),
        ("/account/e-mail/confirm/a%00b", 200),
        ("/account/e-mail/confirm/%F0%9F%8D%8B:x:y", 200),
        ("/account/password/reset/1-a%00b", 200),
        (f"/account/password/reset/{'z' * 13}-a", 200),
        (f"/account/password/reset/{'z' * 40}-a", 200),
        ("/account/password/reset/1-set-password", 200),
        ("/account/nonsense", 404),
        ("/register/x", 404),
    ],
)
def test_get(owner_client: Client, path: str, status: int) -> None:
    assert owner_client.get(path, follow=True).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        f"/account/people/{HUGE}/role",
        f"/account/people/{HUGE}/deactivate",
        f"/account/invitations/{HUGE}/renew",
    ],
)
def test_post(owner_client: Client, path: str) -> None:
    assert owner_client.post(path).status_code == 404


@pytest.mark.parametrize("token", ["a%00b", "x" * 5000, "%F0%9F%8D%8B"])
def test_token(client: Client, token: str) -> None:
    assert client.get(f"/account/invitation/{token}").status_code == 404


def test_null_characters_in_the_sign_in_form(client: Client) -> None:
    data = {"email": "a\0b@example.com", "password": "a\0b"}
    assert client.post("/login", data).status_code == 200
