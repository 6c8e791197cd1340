"""The first people of a new shop, and the known ones of the demo."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from accounts.models import User
from accounts.roles import Role
from accounts.services.locking import lock_admins
from accounts.services.people import create_person

DEMO_PASSWORD: Final = "try-the-demo"  # noqa: S105 - known on purpose, see the README
DEMO_PEOPLE: Final = (
    ("admin@demo.example", "Amélie Okafor", Role.ADMIN),
    ("clerk@demo.example", "Jonas Weber", Role.CLERK),
    ("viewer@demo.example", "Zuzana Nováková", Role.REGULAR),
)


@transaction.atomic
def create_first_admin(*, email: str, name: str, password: str) -> User | None:
    """Make a superuser with the Admin role; None when there is anybody already.

    Takes the lock of admins, so two starts at once make one.
    """
    lock_admins()
    if User.objects.exists():
        return None
    return User.objects.create_superuser(email, password, name=name)


@transaction.atomic
def create_demo_people() -> None:
    """Make those of the demo's people who are missing; leave the others alone.

    The admin is a superuser, so that everything can be tried. Raises NotAllowed in a
    shop that has people but none of the demo's: a password everybody knows would
    open it.
    """
    known = set(User.objects.values_list("email", flat=True))
    if known and known.isdisjoint(email for email, _name, _role in DEMO_PEOPLE):
        raise NotAllowed(
            _("People work in this shop already; everybody knows the demo's sign-ins.")
        )
    for email, name, role in DEMO_PEOPLE:
        if email in known:
            continue
        if role == Role.ADMIN:
            User.objects.create_superuser(email, DEMO_PASSWORD, name=name)
        else:
            create_person(email=email, name=name, password=DEMO_PASSWORD, role=role)
