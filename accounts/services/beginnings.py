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
def first_admin_without_password(*, email: str, name: str) -> User | None:
    """Return the superuser who has yet to choose a password; links made before die.

    He is made on a database without people. None as soon as he has chosen one, or where
    there are others who may do everything. Takes the lock of admins, so two starts at
    once make one.
    """
    lock_admins()
    if not User.objects.exists():
        return User.objects.create_superuser(email, None, name=name)
    superusers = list(User.objects.superusers())
    if len(superusers) != 1 or superusers[0].has_usable_password():
        return None
    admin = superusers[0]
    admin.set_unusable_password()  # another one, and links sign the old one
    admin.save(update_fields=["password"])
    return admin


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
