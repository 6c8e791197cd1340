"""Signing every other device out."""

import pytest

from accounts.tests.people import is_signed_in, make_user, typed_in

pytestmark = pytest.mark.django_db


def test_all_others_are_out(db: None) -> None:
    make_user()
    make_user("zoe@example.com")
    lost, home, here = typed_in(), typed_in(), typed_in()
    theirs = typed_in("zoe@example.com")
    response = here.post("/account/sessions/others/end", follow=True)
    assert "2 other devices are signed out." in response.text
    assert not is_signed_in(lost)
    assert not is_signed_in(home)
    assert is_signed_in(here)
    assert is_signed_in(theirs)
    assert "Sign out all others" not in response.text
