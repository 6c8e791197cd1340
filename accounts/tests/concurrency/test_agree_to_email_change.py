"""Both addresses agree at the same moment: the e-mail changes, and changes once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import EmailChange
from accounts.services.email_changes import agree_to_email_change, ask_email_change
from accounts.tests.people import make_user


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_later_of_two_changes_it() -> None:
    person = make_user()
    asked = ask_email_change(person=person, new_email="nora.new@example.com")
    together = Barrier(2)
    outcomes: list[bool] = []

    def agree(token: str) -> None:
        together.wait()
        try:
            outcomes.append(agree_to_email_change(token=token))
        finally:
            connection.close()

    tokens = (asked.old_token, asked.new_token)
    threads = [Thread(target=agree, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    person.refresh_from_db()
    assert sorted(outcomes) == [False, True]
    assert person.email == "nora.new@example.com"
    assert not EmailChange.objects.exists()
