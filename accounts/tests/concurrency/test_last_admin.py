"""Two admins take each other's role at the same moment: one must stay."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, connections

from accounts.errors import AccountError
from accounts.models import User
from accounts.roles import Role
from accounts.services import people
from accounts.services.guards import require_others_remain
from accounts.tests.people import make_superuser

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

PATIENCE = 2  # seconds a thread waits for the other one to have checked as well


def demote_each_other() -> list[str]:
    """Return what went wrong. Each waits after its check for the other's check."""
    first, second = make_superuser("a@example.com"), make_superuser("b@example.com")
    refusals: list[str] = []
    both_checked = Barrier(2, timeout=PATIENCE)

    def check_and_wait(*args: object, **kwargs: object) -> None:
        require_others_remain(*args, **kwargs)
        with suppress(BrokenBarrierError):  # the lock holds the other one, as it should
            both_checked.wait()

    def demote(person: User, actor: User) -> None:
        try:
            people.assign_role(person=person, role=Role.CLERK, actor=actor)
        except AccountError as error:
            refusals.append(error.code)
        except DatabaseError:
            refusals.append("database error")
        finally:
            connection.close()

    with patch.object(people.guards, "require_others_remain", check_and_wait):
        threads = [
            Thread(target=demote, args=pair)
            for pair in ((first, second), (second, first))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return refusals


def test_one_admin_stays() -> None:
    assert demote_each_other() == ["last_admin"]
    assert User.objects.superusers().count() == 1


def test_twin_without_the_lock_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """None stays; on SQLite, whose lock is the transaction, one fails with a 500."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(
            type(connections["default"]),
            "_start_transaction_under_autocommit",
            lambda wrapper: wrapper.cursor().execute("BEGIN"),  # deferred
        )
    else:
        monkeypatch.setattr(
            people, "locked_person", lambda person: User.objects.get(pk=person.pk)
        )
    assert demote_each_other() != ["last_admin"]
