"""With mail, a door does the same work for an address with an account and without.

Counted, not timed: a clock would measure the machine.
"""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests.people import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_mail")]

KNOWN, UNKNOWN = "known@example.com", "fresh@example.com"
# Transactions show as savepoints, inside that of the test.
OF_THE_TEST = {"SAVEPOINT", "RELEASE", "ROLLBACK"}
DOORS = {
    "/register": {"name": "Nora New", "password": PASSWORD},
    "/account/password/reset": {},
    "/login": {"password": "wrong password"},
}


def work_of(door: str, email: str) -> dict[str, object]:
    """Return what one post of a door costs, and its answer."""
    cache.clear()
    mail.outbox.clear()
    with CaptureQueriesContext(connection) as queries:
        response = Client().post(door, DOORS[door] | {"email": email})
    words = [query["sql"].split()[0] for query in queries]
    return {
        "statements": sum(word not in OF_THE_TEST for word in words),
        "mails": len(mail.outbox),
        "status": response.status_code,
        "leads to": response.headers.get("Location"),
    }


@pytest.mark.parametrize("door", DOORS)
def test_same_work(door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_user(KNOWN)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, *args: str) -> str:
        hashed.append(door)
        return encode(self, *args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    works = []
    for email in (KNOWN, UNKNOWN):
        hashed.clear()
        works.append(work_of(door, email) | {"hashes": len(hashed)})
    assert works[0] == works[1]


def test_what_was_done_for_a_taken_address_is_taken_back() -> None:
    make_user(KNOWN)
    work_of("/register", KNOWN)
    assert [person.email for person in User.objects.all()] == [KNOWN]
    assert Session.objects.count() == 1  # of whoever asked
