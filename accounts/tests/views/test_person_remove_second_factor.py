"""An admin takes the second factor off somebody who lost the phone."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from accounts.tests.factors import give_app
from accounts.tests.people import is_signed_in, make_user, signed_in_as

pytestmark = pytest.mark.django_db


def remove(client: Client, person: User):
    address = f"/account/people/{person.pk}/remove-second-factor"
    return client.post(address, follow=True)


def test_is_offered_for_those_who_have_one(admin_client: Client) -> None:
    person = make_user()
    offer = f"/account/people/{person.pk}/remove-second-factor"
    assert offer not in admin_client.get("/account/people").text
    give_app(person)
    assert offer in admin_client.get("/account/people").text


def test_takes_all_and_signs_out_everywhere(admin_client: Client) -> None:
    person = make_user()
    give_app(person)
    lost_phone = signed_in_as(person)
    page = remove(admin_client, person).text
    assert "“Nora New” signs in with the password alone now" in page
    assert not Authenticator.objects.exists()
    assert not is_signed_in(lost_phone)


def test_that_of_an_admin_needs_a_superuser(
    admin_client: Client, owner_client: Client
) -> None:
    other = make_user("adam@example.com", role=Role.ADMIN)
    give_app(other)
    page = remove(admin_client, other).text
    assert "Only a superuser can change an admin" in page
    assert Authenticator.objects.exists()
    remove(owner_client, other)
    assert not Authenticator.objects.exists()


def test_list_asks_no_more_for_more_people(
    admin_client: Client,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            admin_client.get("/account/people")
        return len(asked)

    queries()
    before = queries()
    for number in range(5):
        give_app(make_user(f"p{number}@example.com"))
    assert queries() == before
