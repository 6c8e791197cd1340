"""The people of a shop that is served; run by `manage.py shell` before it is."""

from accounts.models import User
from accounts.roles import Role
from accounts.services.people import create_person
from accounts.tests.factors import give_app
from inventory_site.tests.served.browser import OWNER, PASSWORD

# Whom a test shuts out, demotes or gives another password is nobody else's.
CLERKS = ("clara", "cleo")
FOLLOWERS = ("fay", "fee", "flo")  # of targets; ten a minute are a person's limit
ADMINS = ("ada", "adam")
WITH_APP = ("tim", "tom", "tess")


def email_of(name: str) -> str:
    return f"{name}@example.com"


def make_people() -> None:
    User.objects.create_superuser(OWNER, PASSWORD, name="Olga")
    for names, role in ((CLERKS + FOLLOWERS, Role.CLERK), (ADMINS, Role.ADMIN)):
        for name in names:
            create_person(email=email_of(name), name=name, password=PASSWORD, role=role)
    for name in WITH_APP:
        give_app(create_person(email=email_of(name), name=name, password=PASSWORD))
