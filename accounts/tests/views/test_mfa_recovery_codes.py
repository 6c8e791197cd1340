"""The recovery codes: shown, downloaded, made anew; always after the password."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factors import give_app, prove_again, recovery_codes
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db

ADDRESS = "/account/second-factor/codes"


@pytest.fixture
def person(db: None) -> User:
    person = make_user()
    give_app(person)
    return person


@pytest.fixture
def client(person: User) -> Client:
    client = signed_in_as(person)
    prove_again(client)
    return client


@pytest.mark.parametrize("page", ["", "/download", "/new"])
def test_password_is_asked_first(person: User, page: str) -> None:
    response = signed_in_as(person).get(ADDRESS + page)
    assert response["Location"].startswith("/account/again/password?next=")


def test_shown_and_kept_by_no_cache(client: Client, person: User) -> None:
    response = client.get(ADDRESS)
    assert all(code in response.text for code in recovery_codes(person))
    assert "no-store" in response["Cache-Control"]


def test_file(client: Client, person: User) -> None:
    response = client.get(f"{ADDRESS}/download")
    assert response["Content-Type"].startswith("text/plain")
    assert "attachment" in response["Content-Disposition"]
    lines = response.text.strip().splitlines()
    assert lines[0] == "Recovery codes for Linden & Loom. Each works once."
    assert lines[2:] == recovery_codes(person)


def test_new_ones_replace_the_old(client: Client, person: User) -> None:
    old = recovery_codes(person)
    assert "The 10 codes you have stop working" in client.get(f"{ADDRESS}/new").text
    assert client.post(f"{ADDRESS}/new")["Location"] == ADDRESS
    new = recovery_codes(person)
    assert len(new) == 10
    assert not set(old) & set(new)


def test_nobody_sees_those_of_another(client: Client) -> None:
    other = make_user("zoe@example.com")
    give_app(other)
    page = client.get(ADDRESS).text
    assert not [code for code in recovery_codes(other) if code in page]
