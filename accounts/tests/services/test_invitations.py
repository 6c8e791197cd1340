from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.errors import (
    AddressTaken,
    AlreadyInvited,
    InvitationSpent,
    NotAllowed,
)
from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.services.invitations import (
    accept_invitation,
    invite_person,
    renew_invitation,
    withdraw_invitation,
)
from accounts.tests.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def invite(actor: User, *, role: Role = Role.CLERK) -> tuple[Invitation, str]:
    return invite_person(actor=actor, email="zoe@example.com", name="Zoë", role=role)


def accept(token: str) -> User:
    return accept_invitation(token=token, name="Zoë Çelik", password=PASSWORD)


class TestInvite:
    def test_token_is_not_stored(self, owner: User) -> None:
        invitation, token = invite(owner)
        assert token not in str(Invitation.objects.values().get())
        assert invitation.invited_by == owner

    def test_runs_out_after_a_week(self, owner: User) -> None:
        invitation, _token = invite(owner)
        left = invitation.expires_at - timezone.now()
        assert timedelta(days=6, hours=23) < left <= timedelta(days=7)

    def test_person_with_an_account_is_not_invited(self, owner: User) -> None:
        make_user("zoe@example.com")
        with pytest.raises(AddressTaken):
            invite(owner)

    def test_nobody_is_invited_twice(self, owner: User) -> None:
        invite(owner)
        with pytest.raises(AlreadyInvited):
            invite(owner)

    def test_admins_are_invited_by_superusers_only(
        self, admin: User, owner: User
    ) -> None:
        with pytest.raises(NotAllowed):
            invite(admin, role=Role.ADMIN)
        assert invite(owner, role=Role.ADMIN)


class TestAccept:
    def test_makes_the_account(self, owner: User) -> None:
        _invitation, token = invite(owner)
        person = accept(token)
        assert (person.email, person.name) == ("zoe@example.com", "Zoë Çelik")
        assert person.role == Role.CLERK
        assert person.check_password(PASSWORD)
        assert EmailAddress.objects.get(user=person).verified

    def test_works_once(self, owner: User) -> None:
        _invitation, token = invite(owner)
        accept(token)
        with pytest.raises(InvitationSpent):
            accept(token)
        assert User.objects.filter(email="zoe@example.com").count() == 1

    def test_expired(self, owner: User) -> None:
        _invitation, token = invite(owner)
        Invitation.objects.update(expires_at=timezone.now())
        with pytest.raises(InvitationSpent):
            accept(token)

    def test_guessed(self, owner: User) -> None:
        invitation, _token = invite(owner)
        with pytest.raises(InvitationSpent):
            accept(invitation.token_hash)

    def test_address_taken_meanwhile_keeps_the_invitation(self, owner: User) -> None:
        _invitation, token = invite(owner)
        make_user("zoe@example.com")
        with pytest.raises(AddressTaken):
            accept(token)
        assert Invitation.objects.exists()


class TestRenew:
    def test_old_link_dies_and_the_new_one_works(self, owner: User) -> None:
        invitation, old = invite(owner)
        new = renew_invitation(actor=owner, invitation=invitation)
        with pytest.raises(InvitationSpent):
            accept(old)
        assert accept(new)

    def test_revives_an_expired_one(self, owner: User) -> None:
        invitation, _token = invite(owner)
        Invitation.objects.update(expires_at=timezone.now())
        assert accept(renew_invitation(actor=owner, invitation=invitation))

    def test_accepted_meanwhile(self, owner: User) -> None:
        invitation, token = invite(owner)
        accept(token)
        with pytest.raises(InvitationSpent):
            renew_invitation(actor=owner, invitation=invitation)

    def test_admins_invitation_is_left_to_superusers(
        self, owner: User, admin: User
    ) -> None:
        invitation, _token = invite(owner, role=Role.ADMIN)
        with pytest.raises(NotAllowed):
            renew_invitation(actor=admin, invitation=invitation)


class TestWithdraw:
    def test_link_is_dead(self, owner: User) -> None:
        invitation, token = invite(owner)
        withdraw_invitation(actor=owner, invitation=invitation)
        with pytest.raises(InvitationSpent):
            accept(token)

    def test_admins_invitation_is_left_to_superusers(
        self, owner: User, admin: User
    ) -> None:
        invitation, _token = invite(owner, role=Role.ADMIN)
        with pytest.raises(NotAllowed):
            withdraw_invitation(actor=admin, invitation=invitation)
        assert Invitation.objects.exists()
