"""Nobody acts upon what can't be read: it is said, and nothing is written."""

from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from inventory_site.tests.spoilt_acts import ACTS, shop
from products.models.guards import drop_guards
from products.tests.spoiling import Spoil, Stored, noting_tables, spoil, spoils, stored

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value"),
]
REFUSED = 409
TOLD = {"importrun"}  # a run that could not be applied says so
# A line of a closed count is not open; any text is a code, and is taken as typed.
EMPTIED = {"is_open", "barcode"}


def is_emptied(before: Stored, now: Stored) -> bool:
    """Say whether a damaged value of a row that is still there became none."""
    return any(
        value is not None and now[pk][name] is None
        for pk in before.keys() & now.keys()
        for name, value in before[pk].items()
        if name not in EMPTIED
    )


@pytest.mark.parametrize("name", ACTS)
def test_is_done_or_nothing_is(name: str, client: Client, admin: User) -> None:
    client.raise_request_exception = False
    client.force_login(admin)
    address, data = ACTS[name](client)
    drop_guards(connection)
    kept = client.cookies.output(header="")

    def answer(bad: Spoil | None) -> tuple[int, set[str]] | None:
        """Return the status and what was written; all is as before afterwards."""
        client.cookies = SimpleCookie(kept)  # a spoilt person is signed out
        mark = transaction.savepoint()
        found = None
        if bad is None or spoil(bad):
            before, damage = shop(), stored(bad) if bad else {}
            status = client.post(address, data).status_code
            now = shop()
            found = status, {name for name in now if now[name] != before[name]} - TOLD
            if bad and is_emptied(damage, stored(bad)):
                found[1].add("what is damaged")
        transaction.savepoint_rollback(mark)
        return found

    with noting_tables() as tables:
        done = answer(None)
    assert done
    status, written = done
    assert status == 302
    assert written or name == "import_discard"
    answers = {bad: found for bad in spoils(tables) if (found := answer(bad))}
    broken = {bad: found for bad, found in answers.items() if found[0] >= 500}
    assert not broken
    half = {
        bad: found
        for bad, found in answers.items()
        if found[1] and (found[1] != written or found[0] == REFUSED)
    }
    assert not half
