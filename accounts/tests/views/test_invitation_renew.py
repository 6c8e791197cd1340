import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.services.invitations import invite_person

pytestmark = pytest.mark.django_db


def test_new_link_works_and_the_old_one_does_not(
    owner_client: Client, owner: User
) -> None:
    invitation, old = invite_person(
        actor=owner, email="zoe@example.com", name="Zoë", role=Role.CLERK
    )
    address = f"/account/invitations/{invitation.pk}/renew"
    new = owner_client.post(address, follow=True).context["link"]["url"]
    assert Client().get(new).status_code == 200
    assert Client().get(f"/account/invitation/{old}").status_code == 404


def test_admins_invitation_is_left_to_superusers(
    admin_client: Client, owner: User
) -> None:
    invitation, _token = invite_person(
        actor=owner, email="zoe@example.com", name="Zoë", role=Role.ADMIN
    )
    address = f"/account/invitations/{invitation.pk}/renew"
    response = admin_client.post(address, follow=True)
    assert "Only a superuser can make somebody an admin." in response.text
    assert response.context["link"] is None


def test_unknown_invitation(owner_client: Client) -> None:
    assert owner_client.post("/account/invitations/999/renew").status_code == 404


def test_wrong_method(owner_client: Client) -> None:
    assert owner_client.get("/account/invitations/1/renew").status_code == 405
