"""Signing every other device out."""

import pytest

from accounts.tests.factors import code_of_app, give_app, prove_again
from accounts.tests.people import PASSWORD, is_signed_in, make_user, typed_in

pytestmark = pytest.mark.django_db


def test_all_others_are_out(db: None) -> None:
    make_user()
    make_user("zoe@example.com")
    lost, home, here = typed_in(), typed_in(), typed_in()
    theirs = typed_in("zoe@example.com")
    prove_again(here)
    response = here.post("/account/sessions/others/end", follow=True)
    assert "2 other devices are signed out." in response.text
    assert not is_signed_in(lost)
    assert not is_signed_in(home)
    assert is_signed_in(here)
    assert is_signed_in(theirs)
    assert "Sign out all others" not in response.text


def test_proof_is_asked_first_and_then_it_is_done(db: None) -> None:
    make_user()
    lost, here = typed_in(), typed_in()
    asked = here.post("/account/sessions/others/end")["Location"]
    assert asked.startswith("/account/again/password?next=")
    assert is_signed_in(lost)
    done = here.post(asked, {"password": PASSWORD}, follow=True)
    assert "1 other device is signed out." in done.text
    assert not is_signed_in(lost)
    assert is_signed_in(here)


def test_code_proves_it_as_well(db: None) -> None:
    person = make_user()
    lost, here = typed_in(), typed_in()
    give_app(person)
    here.post("/account/sessions/others/end")
    by_code = "/account/again/code?next=/account/sessions/others/end"
    here.post(by_code, {"code": code_of_app()})
    assert not is_signed_in(lost)
    assert is_signed_in(here)
