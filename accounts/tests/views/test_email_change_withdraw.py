"""Keeping the old e-mail after all."""

import pytest
from django.test import Client

from accounts.models import EmailChange
from accounts.services.email_changes import ask_email_change
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db

ADDRESS = "/account/e-mail/keep"


def test_both_links_die_and_those_of_others_live() -> None:
    nora, zoe = make_user(), make_user("zoe@example.com")
    asked = ask_email_change(person=nora, new_email="n@example.com")
    other = ask_email_change(person=zoe, new_email="z@example.com")
    page = signed_in_as(nora).post(ADDRESS, follow=True).text
    assert "Your e-mail stays as it is" in page
    for token in (asked.old_token, asked.new_token):
        assert Client().get(f"/account/e-mail/change/{token}").status_code == 404
    assert EmailChange.objects.get() == other.change


def test_by_post_only() -> None:
    assert signed_in_as(make_user()).get(ADDRESS).status_code == 405
