"""“Is it you?”: the password, a code or a passkey once more."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.tests.factors import code_of_app, give_app, prove_again
from accounts.tests.people import (
    PASSWORD,
    is_signed_in,
    make_user,
    signed_in_as,
    typed_in,
)

pytestmark = pytest.mark.django_db

AGAIN = "/account/again/password?next="
BEHIND = "/account/second-factor/app"


@pytest.fixture
def person(db: None) -> User:
    return make_user()


@pytest.fixture
def client(person: User) -> Client:
    return signed_in_as(person)


def test_right_password_leads_on(client: Client) -> None:
    response = client.post(AGAIN + BEHIND, {"password": PASSWORD})
    assert response["Location"] == BEHIND
    assert client.get(BEHIND).status_code == 200


def test_right_password_gives_the_session_another_key() -> None:
    make_user()
    client = typed_in()
    before = client.cookies["sessionid"].value
    prove_again(client)
    after = client.cookies["sessionid"].value
    assert after != before
    assert is_signed_in(client)
    assert UserSession.objects.get().session_key == after
    client.cookies["sessionid"] = before
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("wrong", "This is not your password."),
        ("", "This field is required."),
        ("x" * 600, "the most we take is 512"),
    ],
)
def test_wrong_password_is_said(client: Client, password: str, said: str) -> None:
    assert said in client.post(AGAIN + BEHIND, {"password": password}).text
    assert client.get(BEHIND).status_code == 302


def test_password_of_somebody_else_is_wrong(client: Client) -> None:
    make_user("zoe@example.com", password="fourteen red cranes")
    page = client.post(AGAIN + BEHIND, {"password": "fourteen red cranes"}).text
    assert "This is not your password." in page


def test_code_of_the_app_does_too(client: Client, person: User) -> None:
    give_app(person)
    assert "Use a code" in client.get(AGAIN + BEHIND).text
    response = client.post(
        "/account/again/code?next=/account/second-factor/codes", {"code": code_of_app()}
    )
    assert response["Location"] == "/account/second-factor/codes"
    assert client.get("/account/second-factor/codes").status_code == 200


def test_next_stays_inside(client: Client) -> None:
    response = client.post(AGAIN + "https://evil.example/", {"password": PASSWORD})
    assert response["Location"] == "/dashboard"


def test_tried_too_often(client: Client) -> None:
    for _attempt in range(10):
        client.post(AGAIN + BEHIND, {"password": "wrong"})
    response = client.post(AGAIN + BEHIND, {"password": PASSWORD})
    assert response.status_code == 429
    assert "That was too often" in response.text
    assert client.get(BEHIND).status_code == 302
