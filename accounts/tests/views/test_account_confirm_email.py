import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail")]

SIGN_IN = {"email": "nora@example.com", "password": PASSWORD}


@pytest.fixture
def link(client: Client) -> str:
    client.post("/register", SIGN_IN | {"name": "Nora"})
    client.session.flush()
    found = re.search(
        r"https://shop\.example(/account/e-mail/confirm/\S+)", last_mail()
    )
    assert found
    return found[1]


def last_mail() -> str:
    return str(mail.outbox[-1].body)


def test_link_asks_first(link: str) -> None:
    response = Client().get(link)
    assert "nora@example.com" in response.text
    assert not EmailAddress.objects.get().verified


def test_confirmed_address_signs_in(client: Client, link: str) -> None:
    response = client.post(link, follow=True)
    assert "nora@example.com is confirmed." in response.text
    client.post("/login", SIGN_IN)
    assert is_signed_in(client)


def test_unconfirmed_address_does_not_sign_in(client: Client, link: str) -> None:
    assert client.post("/login", SIGN_IN)["Location"] == "/account/e-mail/sent"
    assert not is_signed_in(client)


def test_mail_says_what_for(link: str) -> None:
    text = last_mail()
    assert text.startswith("Hello,")
    assert "Linden & Loom" in text
    assert "\n\n\n" not in text


def test_name_typed_by_a_stranger_is_not_mailed_to_others(client: Client) -> None:
    client.post("/register", SIGN_IN | {"name": "Win at http://spam.example"})
    assert "spam.example" not in last_mail()


def test_broken_link_says_the_way_on() -> None:
    response = Client().get("/account/e-mail/confirm/nonsense")
    assert "Sign in: we send you a new one." in response.text


def test_people_an_admin_vouched_for_need_no_link(client: Client) -> None:
    make_user("nora@example.com")
    client.post("/login", SIGN_IN)
    assert is_signed_in(client)


def test_superusers_need_no_link(client: Client) -> None:
    User.objects.create_superuser("olga@example.com", PASSWORD, name="Olga")
    client.post("/login", {"email": "olga@example.com", "password": PASSWORD})
    assert is_signed_in(client)
