"""Asking for another e-mail address."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import EmailChange, User
from accounts.tests.factors import prove_again
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db

ADDRESS = "/account/e-mail"
NEW = "nora.new@example.com"


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def proven(person: User) -> Client:
    client = signed_in_as(person)
    prove_again(client)
    return client


def ask(client: Client, email: str = NEW):
    return client.post(ADDRESS, {"email": email}, follow=True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_mail_it_says_whom_to_ask(person: User, method: str) -> None:
    response = getattr(signed_in_as(person), method)(ADDRESS, {"email": NEW})
    assert "Ask an admin of the shop to change yours" in response.text
    assert not EmailChange.objects.exists()


@pytest.mark.usefixtures("with_mail")
class TestWithMail:
    def test_password_is_asked_first(self, person: User) -> None:
        response = signed_in_as(person).get(ADDRESS)
        assert response["Location"].startswith("/account/again/password?next=")

    def test_mails_both_addresses_and_changes_nothing_yet(self, person: User) -> None:
        page = ask(proven(person), " Nora.New@example.com").text
        assert "Two mails are on their way." in page
        assert f"On the way to {NEW}" in page
        old, new = mail.outbox
        assert (old.to, new.to) == (["nora@example.com"], [NEW])
        links = {link_in(str(message.body)) for message in (old, new)}
        assert len(links) == 2
        person.refresh_from_db()
        assert person.email == "nora@example.com"

    def test_says_the_same_for_a_taken_address(self, person: User) -> None:
        make_user("zoe@example.com")
        free = ask(proven(person)).text.replace(NEW, "zoe@example.com")
        mail.outbox.clear()
        EmailChange.objects.all().delete()
        taken = ask(proven(person), "zoe@example.com").text
        assert without_tokens(taken) == without_tokens(free)
        _old, new = mail.outbox
        assert new.subject == "You have an account at Linden & Loom already"
        assert "/account/e-mail/change/" not in new.body

    @pytest.mark.parametrize(
        ("email", "said"),
        [
            ("", "This field is required."),
            ("nonsense", "Enter a valid email address."),
            ("NORA@example.com", "This is your e-mail already."),
        ],
    )
    def test_bad_input_is_said(self, person: User, email: str, said: str) -> None:
        assert said in ask(proven(person), email).text
        assert not mail.outbox

    def test_address_is_not_mailed_again_and_again(self, person: User) -> None:
        client = proven(person)
        for _time in range(3):
            assert ask(client).status_code == 200
        assert ask(client).status_code == 429
        assert len(mail.outbox) == 6


def link_in(body: str) -> str:
    found = re.search(r"https://shop\.example(/account/e-mail/change/\S+)", body)
    assert found
    return found[1]


def without_tokens(page: str) -> str:
    return re.sub(
        r'(csrfmiddlewaretoken" value|X-CSRFToken": )="?\w+|"\w{64}"', "", page
    )
