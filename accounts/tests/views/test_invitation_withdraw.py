import pytest
from django.test import Client

from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.services.invitations import invite_person

pytestmark = pytest.mark.django_db


def test_link_is_dead(owner_client: Client, owner: User) -> None:
    invitation, token = invite_person(
        actor=owner, email="zoe@example.com", name="Zoë", role=Role.CLERK
    )
    address = f"/account/invitations/{invitation.pk}/withdraw"
    response = owner_client.post(address, follow=True)
    assert "The invitation for “Zoë” is withdrawn" in response.text
    assert Client().get(f"/account/invitation/{token}").status_code == 404


def test_admins_invitation_is_left_to_superusers(
    admin_client: Client, owner: User
) -> None:
    invitation, _token = invite_person(
        actor=owner, email="zoe@example.com", name="Zoë", role=Role.ADMIN
    )
    admin_client.post(f"/account/invitations/{invitation.pk}/withdraw")
    assert Invitation.objects.exists()


def test_wrong_method(owner_client: Client) -> None:
    assert owner_client.get("/account/invitations/1/withdraw").status_code == 405
