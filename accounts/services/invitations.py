"""Asking somebody in: a link that sets the password, runs out and works once."""

import secrets
from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import AddressTaken, AlreadyInvited, InvitationSpent, NotAllowed
from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.services import guards
from accounts.services.people import create_person
from accounts.services.tokens import TOKEN_BYTES, hash_token
from inventory_site.security.events import Event, about, note

LIFETIME: Final = timedelta(days=7)


@transaction.atomic
def invite_person(
    *, actor: User, email: str, name: str, role: Role
) -> tuple[Invitation, str]:
    """Return the new invitation and its token, which is not kept anywhere.

    Raises NotAllowed, AddressTaken and AlreadyInvited.
    """
    guards.require_may_give(actor, role)
    if User.objects.filter(email=email).exists():
        raise AddressTaken(email)
    invitation = Invitation(email=email, name=name, role=role, invited_by=actor)
    token = _set_new_token(invitation)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyInvited(email) from error
    _note(Event.INVITED, invitation)
    return invitation, token


@transaction.atomic
def renew_invitation(*, actor: User, invitation: Invitation) -> str:
    """Return a new token with a new term; the old link stops working.

    Raises NotAllowed, and InvitationSpent when it is gone meanwhile.
    """
    if invitation.role not in Role:
        raise NotAllowed(_("The role of this invitation is damaged. Withdraw it."))
    guards.require_may_give(actor, Role(invitation.role))
    token = _set_new_token(invitation)
    if not Invitation.objects.filter(pk=invitation.pk).update(
        token_hash=invitation.token_hash, expires_at=invitation.expires_at
    ):
        raise InvitationSpent
    _note(Event.INVITATION_RENEWED, invitation)
    return token


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation) -> None:
    """Make the link useless. Raises NotAllowed for an invitation of an admin.

    One of a damaged role counts as such.
    """
    role = Role(invitation.role) if invitation.role in Role else Role.ADMIN
    guards.require_may_give(actor, role)
    Invitation.objects.filter(pk=invitation.pk).delete()
    _note(Event.INVITATION_WITHDRAWN, invitation)


def find_invitation(token: str) -> Invitation:
    """Return the open invitation of this token or raise InvitationSpent."""
    found = Invitation.objects.open_at(timezone.now()).filter(
        token_hash=hash_token(token), role__in=Role.values
    )
    invitation = found.first()
    if invitation is None:
        raise InvitationSpent
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str) -> User:
    """Turn the invitation into an account and return it.

    Of two who use a link at once one gets the account: the row is deleted first,
    and who deletes nothing came too late. Raises InvitationSpent and AddressTaken.
    """
    invitation = find_invitation(token)
    spent = Invitation.objects.filter(pk=invitation.pk, token_hash=hash_token(token))
    deleted_count, _per_model = spent.delete()
    if not deleted_count:
        raise InvitationSpent
    person = create_person(
        email=invitation.email,
        name=name,
        password=password,
        role=Role(invitation.role),
    )
    _note(Event.INVITATION_ACCEPTED, invitation, **about(person))
    return person


def _note(event: Event, invitation: Invitation, **facts: Any) -> None:
    """Tell the log, by the number and the name: neither token nor address."""
    role = invitation.role
    note(event, invitation=invitation.pk, to=str(invitation), role=role, **facts)


def _set_new_token(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash = hash_token(token)
    invitation.expires_at = timezone.now() + LIFETIME
    return token
