"""The links in both mails: the old address agrees, the new one proves itself."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import EmailChange, User
from accounts.services.email_changes import AskedChange, ask_email_change
from accounts.tests.people import PASSWORD, is_signed_in, make_user, typed_in

pytestmark = pytest.mark.django_db

NEW = "nora.new@example.com"
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def person(db: None) -> User:
    return make_user()


@pytest.fixture
def asked(person: User) -> AskedChange:
    return ask_email_change(person=person, new_email=NEW)


def follow(token: str, method: str = "post"):
    return getattr(Client(), method)(f"/account/e-mail/change/{token}")


def email_of(person: User) -> str:
    person.refresh_from_db()
    return person.email


@pytest.mark.parametrize(
    "order", [["old_token", "new_token"], ["new_token", "old_token"]]
)
def test_changes_when_both_agree(
    person: User, asked: AskedChange, order: list[str]
) -> None:
    first, second = (getattr(asked, name) for name in order)
    assert "Half way there" in follow(first).text
    assert email_of(person) == "nora@example.com"
    assert "Your e-mail is changed" in follow(second).text
    assert email_of(person) == NEW
    stored = EmailAddress.objects.get(user=person)
    assert (stored.email, stored.verified, stored.primary) == (NEW, True, True)
    assert is_signed_in(typed_in(NEW))
    assert not is_signed_in(typed_in("nora@example.com", password=PASSWORD))


@pytest.mark.parametrize("name", ["old_token", "new_token"])
def test_one_address_is_not_enough(person: User, asked: AskedChange, name: str) -> None:
    for _time in range(2):
        follow(getattr(asked, name))
    assert email_of(person) == "nora@example.com"


def test_opening_the_links_agrees_to_nothing(person: User, asked: AskedChange) -> None:
    for token in (asked.old_token, asked.new_token):
        assert "Change the e-mail?" in follow(token, "get").text
    assert email_of(person) == "nora@example.com"


@pytest.mark.parametrize("method", ["get", "post"])
def test_spent_replaced_and_made_up_links(
    person: User, asked: AskedChange, method: str
) -> None:
    newer = ask_email_change(person=person, new_email="other@example.com")
    follow(newer.old_token)
    follow(newer.new_token)
    for token in (asked.old_token, asked.new_token, newer.new_token, "x"):
        response = follow(token, method)
        assert response.status_code == 404
        assert "This link was used already, or its day is over." in response.text
    assert email_of(person) == "other@example.com"


def test_day_is_over(person: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        asked = ask_email_change(person=person, new_email=NEW)
        follow(asked.old_token)
        clock.shift(timedelta(days=1))
        assert follow(asked.new_token).status_code == 404
    assert email_of(person) == "nora@example.com"


def test_deactivated_meanwhile(person: User, asked: AskedChange) -> None:
    follow(asked.old_token)
    User.objects.update(is_active=False)
    assert follow(asked.new_token).status_code == 404
    assert email_of(person) == "nora@example.com"


def test_taken_meanwhile(person: User, asked: AskedChange) -> None:
    follow(asked.old_token)
    make_user(NEW, name="Somebody faster")
    response = follow(asked.new_token)
    assert response.status_code == 404
    assert f"There is an account for {NEW} already." in response.text
    assert email_of(person) == "nora@example.com"


def test_no_token_is_kept(asked: AskedChange) -> None:
    row = EmailChange.objects.values().get()
    assert not {asked.old_token, asked.new_token} & set(row.values())
