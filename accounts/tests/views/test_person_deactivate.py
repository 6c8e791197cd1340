import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.people import is_signed_in, make_user, signed_in_as

pytestmark = pytest.mark.django_db


def deactivate(client: Client, person: User):
    return client.post(f"/account/people/{person.pk}/deactivate", follow=True)


def test_signs_the_person_out_everywhere(owner_client: Client) -> None:
    person = make_user()
    theirs = signed_in_as(person)
    response = deactivate(owner_client, person)
    assert "“Nora New” is deactivated and signed out everywhere." in response.text
    assert not is_signed_in(theirs)


def test_last_admin_can_not_leave(owner_client: Client, owner: User) -> None:
    assert "is the last admin" in deactivate(owner_client, owner).text
    assert is_signed_in(owner_client)


def test_admins_are_left_to_superusers(admin_client: Client, owner: User) -> None:
    response = deactivate(admin_client, owner)
    assert "Only a superuser can change an admin" in response.text


def test_unknown_person(owner_client: Client) -> None:
    assert owner_client.post("/account/people/999/deactivate").status_code == 404


def test_wrong_method(owner_client: Client, clerk: User) -> None:
    assert owner_client.get(f"/account/people/{clerk.pk}/deactivate").status_code == 405
