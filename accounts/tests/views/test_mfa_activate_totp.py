"""Setting up an authenticator app, and taking it away again."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.factors import code_of_app, give_app, prove_again
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db

ADDRESS = "/account/second-factor/app"


@pytest.fixture
def person(db: None) -> User:
    return make_user()


@pytest.fixture
def client(person: User) -> Client:
    return signed_in_as(person)


def secret_on(page: str) -> str:
    found = re.search(r'id="secret" readonly rows="2">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def test_password_is_asked_first(client: Client) -> None:
    assert client.get(ADDRESS)["Location"].startswith("/account/again/password?next=")
    client.post("/account/again/password", {"password": "wrong"})
    assert client.get(ADDRESS).status_code == 302


def test_code_of_the_shown_secret_turns_it_on(client: Client, person: User) -> None:
    prove_again(client)
    secret = secret_on(client.get(ADDRESS).text)
    response = client.post(ADDRESS, {"code": code_of_app(secret)}, follow=True)
    assert response.redirect_chain[-1][0] == "/account/second-factor/codes"
    assert "10 codes are left." in response.text
    app = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert secret not in str(app.data)


def test_qr_code_is_drawn_in_the_page(client: Client) -> None:
    prove_again(client)
    page = client.get(ADDRESS).text
    assert re.search(r'<path class="qr-ink" d="(M\d+ \d+h1v1h-1z){200,}"/>', page)


def test_wrong_code_asks_again_with_the_same_secret(client: Client) -> None:
    prove_again(client)
    secret = secret_on(client.get(ADDRESS).text)
    response = client.post(ADDRESS, {"code": code_of_app(secret, steps_ahead=20)})
    assert "This did not fit." in response.text
    assert secret_on(response.text) == secret


@pytest.mark.usefixtures("with_mail")
@pytest.mark.django_db(transaction=True)  # it is mailed when all is written
def test_owner_of_the_address_is_told(client: Client) -> None:
    prove_again(client)
    secret = secret_on(client.get(ADDRESS).text)
    client.post(ADDRESS, {"code": code_of_app(secret)})
    [message] = mail.outbox
    assert "authenticator app was added" in message.subject
    client.post(f"{ADDRESS}/remove")
    assert "was removed" in mail.outbox[-1].subject
    assert not Authenticator.objects.exists()


def test_removing_asks_first_and_takes_the_codes_along(
    client: Client, person: User
) -> None:
    give_app(person)
    prove_again(client)
    page = client.get(f"{ADDRESS}/remove")
    assert "Remove the authenticator app?" in page.text
    assert Authenticator.objects.count() == 2
    client.post(f"{ADDRESS}/remove")
    assert not Authenticator.objects.exists()
