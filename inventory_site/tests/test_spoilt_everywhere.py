"""What is stored may be spoilt: no page of the site breaks by it, whatever it is.

On the dashboard and the product's own page each cell is looked at
(products/tests/views/test_spoilt_values.py). Here every page meets every column of ours
with values that are none of it. A page of many rows shows them; one that can't go on
without the value names it (409) and does nothing.
"""

from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inventory_site.tests.permissions_table import ROWS, Row
from inventory_site.tests.test_admin_permissions import MODELS, address_of, row_of
from products.models.guards import drop_guards
from products.tests.admin.one_of_each import make_one_of_each
from products.tests.spoiling import Spoil, noting_tables, spoil, spoils

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value"),
]
REFUSED = 409
PAGES = [row for row in ROWS if row.method == "GET" and row.admin in {200, 302}]
LISTS = [row for row in PAGES if row.name.endswith(("_list", ":dashboard"))]


def answers(client: Client, method: str, address: str) -> dict[Spoil, int]:
    """Return the status for each spoilt column; all is as before after each."""
    client.raise_request_exception = False
    cookies, found = client.cookies.output(header=""), {}

    def answer(bad: Spoil | None) -> None:
        client.cookies = SimpleCookie(cookies)  # a spoilt person is signed out
        mark = transaction.savepoint()
        if bad is None or spoil(bad):
            response = client.generic(method, address)
            b"".join(response) if response.streaming else response.content
            if bad:
                found[bad] = response.status_code
        transaction.savepoint_rollback(mark)

    with noting_tables() as tables:
        answer(None)
    for bad in spoils(tables):
        answer(bad)
    assert found or not tables
    return found


def broken(found: dict[Spoil, int]) -> dict[Spoil, int]:
    return {bad: status for bad, status in found.items() if status >= 500}


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page(row: Row, client: Client, admin: User) -> None:
    address = reverse(row.name, kwargs=dict(row.given()))
    client.force_login(admin)
    drop_guards(connection)
    found = answers(client, row.method, address)
    wrong = broken(found)
    # /readyz says so on purpose, once the guards are gone.
    assert not wrong or row.name == "readyz"
    if row in LISTS:
        refused = [bad for bad, status in found.items() if status == REFUSED]
        assert not refused


# Not “page”, which the browser tests have a fixture of.
@pytest.mark.parametrize("which", ["changelist", "change"])
@pytest.mark.parametrize("label", [it for it in MODELS if it.startswith("products.")])
def test_admin(label: str, which: str, client: Client, admin: User) -> None:
    make_one_of_each()
    model = MODELS[label]
    client.force_login(admin)
    drop_guards(connection)
    found = answers(client, "GET", address_of(model, which, row_of(model).pk))
    wrong = broken(found)
    assert not wrong
    if which == "changelist":
        refused = [bad for bad, status in found.items() if status == REFUSED]
        assert not refused
