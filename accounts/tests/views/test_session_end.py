"""Signing one other device out."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.tests.factors import prove_again
from accounts.tests.people import PASSWORD, is_signed_in, make_user, typed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def number_of(client: Client) -> int:
    return UserSession.objects.get(session_key=client.session.session_key).pk


def test_that_one_is_out_the_others_stay(person: User) -> None:
    lost, home, here = typed_in(), typed_in(), typed_in()
    prove_again(here)
    response = here.post(f"/account/sessions/{number_of(lost)}/end", follow=True)
    assert "That device is signed out." in response.text
    assert not is_signed_in(lost)
    assert is_signed_in(home)
    assert is_signed_in(here)


def test_proof_is_asked_first_and_then_it_is_done(person: User) -> None:
    lost, here = typed_in(), typed_in()
    asked = here.post(f"/account/sessions/{number_of(lost)}/end")["Location"]
    assert asked.startswith("/account/again/password?next=")
    assert is_signed_in(lost)
    here.post(asked, {"password": "wrong"})
    assert is_signed_in(lost)
    done = here.post(asked, {"password": PASSWORD}, follow=True)
    assert "That device is signed out." in done.text
    assert not is_signed_in(lost)
    assert is_signed_in(here)


def test_own_session_after_the_proof(person: User) -> None:
    here = typed_in()
    kept = here.cookies["sessionid"].value
    asked = here.post(f"/account/sessions/{number_of(here)}/end")["Location"]
    assert here.post(asked, {"password": PASSWORD})["Location"] == "/login"
    assert not is_signed_in(here)
    here.cookies["sessionid"] = kept
    assert not is_signed_in(here)


def test_own_session_too(person: User) -> None:
    here = typed_in()
    prove_again(here)
    here.post(f"/account/sessions/{number_of(here)}/end")
    assert not is_signed_in(here)


def test_nobody_ends_that_of_another(person: User) -> None:
    here = typed_in()
    make_user("zoe@example.com")
    theirs = typed_in("zoe@example.com")
    prove_again(here)
    response = here.post(f"/account/sessions/{number_of(theirs)}/end", follow=True)
    assert "That device was signed out already." in response.text
    assert is_signed_in(theirs)


def test_by_post_only(person: User) -> None:
    here = typed_in()
    assert here.get(f"/account/sessions/{number_of(here)}/end").status_code == 405
