"""The one lock of this app: who is an admin changes one change at a time."""

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
