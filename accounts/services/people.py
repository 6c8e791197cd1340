"""Accounts: making one, and changing what it may do.

`actor` is who asks; None stands for an operator at the shell. All services raise
children of AccountError and have then changed nothing.
"""

import secrets
from collections.abc import Iterable
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.errors import AddressTaken
from accounts.models import EmailChange, User
from accounts.roles import DEFAULT_ROLE, Role, makes_staff
from accounts.services import guards
from accounts.services.locking import locked_person
from inventory_site.security.events import Event, about, note

ASKED_OF_ADDRESSES: Final = 4
"""Statements by which allauth looks up what `pretend_to_register` doesn't do else."""


@transaction.atomic
def register_person(*, email: str, name: str, password: str) -> User:
    """Make an account with the role of newcomers; its address is not proven yet.

    Raises AddressTaken.
    """
    person = _create(email=email, name=name, password=password, role=DEFAULT_ROLE)
    note(Event.REGISTERED, **about(person))
    return person


def pretend_to_register(*, name: str, password: str) -> None:
    """Do what an account for a new address costs, and take it back.

    With as many statements, allauth's questions about its own rows among them, and as
    many commits, which wait for the disk: of a session that is over as it begins.
    """
    with transaction.atomic():
        _register_nobody(name=name, password=password)
        transaction.set_rollback(True)
    session = Session(session_key=secrets.token_hex(16), expire_date=timezone.now())
    session.save(force_insert=True)
    session.delete()


def _register_nobody(*, name: str, password: str) -> None:
    email = f"{secrets.token_hex(8)}@example.invalid"
    person = _create(email=email, name=name, password=password, role=DEFAULT_ROLE)
    own = EmailAddress.objects.filter(user=person)
    for _asked in range(ASKED_OF_ADDRESSES):
        own.exists()
    EmailAddress.objects.create(user=person, email=email, primary=True)


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    password: str | None,
    role: Role = DEFAULT_ROLE,
    actor: User | None = None,
) -> User:
    """Make an account somebody vouches for, so its address counts as verified.

    Without a password nobody can sign in, until a link sets one. Raises
    AddressTaken, and NotAllowed when `actor` may not give `role`.
    """
    guards.require_may_give(actor, role)
    person = _create(email=email, name=name, password=password, role=role)
    vouch_for_address(person=person)
    return person


@transaction.atomic
def assign_role(*, person: User, role: Role, actor: User | None = None) -> User:
    """Give `person` this role instead of another one; return the stored person.

    Groups of the shop's own are kept. Any role but Admin ends superuser status:
    a role means what it says. Holds from the person's next request on. Takes the
    lock of admins. Raises NotAllowed and LastAdmin.
    """
    stored = locked_person(person)
    guards.require_may_change(actor, stored)
    guards.require_may_give(actor, role)
    before, is_admin = stored.role, role == Role.ADMIN
    guards.require_others_remain(stored, keeps_admin=is_admin, keeps_superuser=is_admin)
    stored.groups.remove(*Group.objects.filter(name__in=set(Role) - {role}))
    stored.groups.add(Group.objects.get(name=role))
    if role != before:
        note(Event.ROLE_CHANGED, before=before, after=role, **about(stored))
    return _set_superuser(stored, role, is_superuser=is_admin and stored.is_superuser)


@transaction.atomic
def set_superuser(*, person: User, value: bool, actor: User | None = None) -> User:
    """Give or take the right to do everything; a superuser is an admin too.

    Takes the lock of admins. Raises NotAllowed and LastAdmin.
    """
    guards.require_superuser(actor)
    if value:
        return _set_superuser(
            assign_role(person=person, role=Role.ADMIN, actor=actor),
            Role.ADMIN,
            is_superuser=True,
        )
    stored = locked_person(person)
    guards.require_others_remain(stored, keeps_admin=stored.role == Role.ADMIN)
    return _set_superuser(stored, stored.role, is_superuser=False)


@transaction.atomic
def set_shop_groups(
    *, person: User, groups: Iterable[Group], actor: User | None = None
) -> None:
    """Make these the groups of the shop's own that `person` is in; roles stay.

    Raises NotAllowed: such a group may hold any permission.
    """
    guards.require_superuser(actor)
    roles = person.groups.filter(name__in=Role.values)
    person.groups.set([*roles, *groups])
    note(
        Event.GROUPS_CHANGED,
        groups={group.name for group in person.groups.all()},
        **about(person),
    )


@transaction.atomic
def deactivate_person(*, person: User, actor: User | None = None) -> User:
    """Shut `person` out: the next request of every session of his is refused.

    The sessions stay ended when he is let in again. Takes the lock of admins.
    Raises NotAllowed and LastAdmin.
    """
    stored = locked_person(person)
    guards.require_may_change(actor, stored)
    guards.require_others_remain(stored)
    User.objects.filter(pk=stored.pk).update(
        is_active=False, session_generation=F("session_generation") + 1
    )
    stored.refresh_from_db()
    note(Event.PERSON_DEACTIVATED, **about(stored))
    return stored


@transaction.atomic
def reactivate_person(*, person: User, actor: User | None = None) -> User:
    """Let a deactivated person sign in again, with the old password and role.

    Raises NotAllowed.
    """
    stored = locked_person(person)
    guards.require_may_change(actor, stored)
    stored.is_active = True
    stored.save(update_fields=["is_active"])
    note(Event.PERSON_REACTIVATED, **about(stored))
    return stored


@transaction.atomic
def vouch_for_address(*, person: User) -> None:
    """Make the address of the account its only one, and count it as verified.

    A change that was asked for dies: it would bring back what somebody has mended.
    """
    EmailChange.objects.filter(person=person).delete()
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": True}
    )


def _create(*, email: str, name: str, password: str | None, role: Role) -> User:
    try:
        return User.objects.create_user(email, password, role=role, name=name)
    except IntegrityError as error:
        raise AddressTaken(email) from error


def _set_superuser(stored: User, role: Role | None, *, is_superuser: bool) -> User:
    if is_superuser != stored.is_superuser:
        note(Event.SUPERUSER_CHANGED, superuser=is_superuser, **about(stored))
    stored.is_superuser = is_superuser
    stored.is_staff = makes_staff(role, is_superuser=is_superuser)
    stored.save(update_fields=["is_superuser", "is_staff"])
    return stored
