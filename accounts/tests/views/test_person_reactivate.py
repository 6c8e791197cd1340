import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.people import is_signed_in, make_user, signed_in_as

pytestmark = pytest.mark.django_db


def test_lets_the_person_in_again(owner_client: Client) -> None:
    person = make_user()
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = owner_client.post(f"/account/people/{person.pk}/reactivate", follow=True)
    assert "“Nora New” can sign in again." in response.text
    person.refresh_from_db()
    assert is_signed_in(signed_in_as(person))


def test_admins_are_left_to_superusers(admin_client: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)
    admin_client.post(f"/account/people/{owner.pk}/reactivate")
    owner.refresh_from_db()
    assert not owner.is_active


def test_wrong_method(owner_client: Client, clerk: User) -> None:
    assert owner_client.get(f"/account/people/{clerk.pk}/reactivate").status_code == 405
