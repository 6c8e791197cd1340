"""A lost password is mended by link; the second factor stays."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.tests.factors import code_of_app, give_app
from accounts.tests.people import is_signed_in, make_user, typed_in

NEW = {"password1": "eight brown owls", "password2": "eight brown owls"}


@pytest.mark.django_db
@pytest.mark.usefixtures("with_mail")
def test_new_password_by_link_still_needs_the_code(client: Client) -> None:
    person = make_user()
    give_app(person)
    client.post("/account/password/reset", {"email": person.email})
    found = re.search(r"shop\.example(\S+/reset/\S+)", str(mail.outbox[-1].body))
    assert found
    client.post(client.get(found[1])["Location"], NEW)
    assert not is_signed_in(client)
    client = typed_in(password=NEW["password1"])
    assert not is_signed_in(client)
    client.post("/login/second-step", {"code": code_of_app()})
    assert is_signed_in(client)
