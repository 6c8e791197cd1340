"""The locks of this app; above all: who is an admin changes one change at a time."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import Role


def lock_admins() -> None:
    """Hold the row of the Admin group until the transaction ends.

    Two admins who demote each other at the same moment would each still see the
    other one as an admin. A lock on their own rows would not help, because
    membership is a row of another table; so there is one row that everybody who
    changes roles, superusers or activity takes first. On SQLite the transaction
    itself is the lock (`transaction_mode: IMMEDIATE`). Read what you check after
    this call, not before.
    """
    Group.objects.get_or_create(name=Role.ADMIN)
    Group.objects.select_for_update().get(name=Role.ADMIN)


def locked_person(person: User) -> User:
    """Return `person` as stored now, after `lock_admins()`."""
    lock_admins()
    return User.objects.get(pk=person.pk)


def locked_secrets() -> list[Authenticator]:
    """Return every app and set of recovery codes, locked in the order of their keys.

    Whoever uses a recovery code meanwhile waits: written back as it was read before,
    the code would work once more.
    """
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    secrets = Authenticator.objects.filter(type__in=kinds).order_by("pk")
    return list(secrets.select_for_update())
