"""Two people open one invitation's link at the same moment: one gets the account."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.errors import InvitationSpent
from accounts.models import User
from accounts.roles import Role
from accounts.services.invitations import accept_invitation, invite_person
from accounts.tests.people import PASSWORD, make_superuser

CROWD = 6


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_one_of_many_gets_the_account() -> None:
    _invitation, token = invite_person(
        actor=make_superuser(), email="zoe@example.com", name="Zoë", role=Role.CLERK
    )
    together = Barrier(CROWD)
    outcomes: list[str] = []

    def accept(name: str) -> None:
        together.wait()
        try:
            person = accept_invitation(token=token, name=name, password=PASSWORD)
            outcomes.append(person.name)
        except InvitationSpent:
            outcomes.append("spent")
        finally:
            connection.close()

    threads = [Thread(target=accept, args=(f"Zoë {n}",)) for n in range(CROWD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = User.objects.get(email="zoe@example.com").name
    assert sorted(outcomes) == sorted([winner] + ["spent"] * (CROWD - 1))
