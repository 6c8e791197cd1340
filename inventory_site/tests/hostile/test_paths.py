"""Addresses made up by hand: what is not there is 404, and ids reveal nothing."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inventory_site.tests.permissions_table import LOGIN, ROWS, Row
from inventory_site.tests.routes import named_routes

pytestmark = pytest.mark.django_db

NUMBERS = [0, 2**31, 2**63 - 1, 2**63, 10**40]
WORDS = ["a\0b", "\U0001f34b", "x" * 5_000, "..", "%2e%2e", "a:b:c", "\udce9", "1-a\0b"]
# What differs in every answer: tokens, keys of forms, and the address itself.
FLEETING = re.compile(r'(value|content|href)="[^"]*"|"X-CSRFToken": "\w+"|/[\w/-]*\d+')
SEEN_ANYWAY = {
    "products:operation_undo": "all may see each operation; some may undo some kinds",
}
TAKE_ARGUMENTS = {
    route.name for route in named_routes() if route.pattern_takes_arguments
}
WITH_ARGUMENTS = [row for row in ROWS if row.name in TAKE_ARGUMENTS]


def asked(row: Row) -> dict[str, object]:
    """What the address is made of; empty where it is always the same."""
    return dict(row.given())


def made_up(row: Row, given: dict[str, object]) -> list[str]:
    """Return the address with each of its parts replaced by what is not there."""
    found = []
    for value in given.values():
        path = reverse(row.name, kwargs=given)
        for other in NUMBERS if isinstance(value, int) else WORDS:
            text = quote(str(other).encode("utf-8", "surrogatepass"))
            found.append(path.replace(str(value), text))
    return found


@pytest.mark.parametrize("row", WITH_ARGUMENTS, ids=lambda r: f"{r.method} {r.name}")
def test_what_is_not_there(row: Row, client: Client, admin: User) -> None:
    client.force_login(admin)
    for path in made_up(row, asked(row)):
        response = client.generic(row.method, path)
        assert response.status_code < 500, path


def refused(role: str) -> list[Row]:
    return [
        row
        for row in WITH_ARGUMENTS
        if getattr(row, role) in {LOGIN, 403} and row.name not in SEEN_ANYWAY
    ]


@pytest.mark.parametrize(
    ("role", "row"),
    [
        pytest.param(role, row, id=f"{role} {row.method} {row.name}")
        for role in ("anonymous", "regular", "clerk")
        for row in refused(role)
    ],
)
def test_id_reveals_nothing(
    row: Row, role: str, client: Client, request: pytest.FixtureRequest
) -> None:
    """Whoever may not see a thing is told the same whether there is one or not."""
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    given = asked(row)
    clock = time_machine.travel(datetime.now(UTC), tick=False)  # pages tell the minute
    clock.start()
    request.addfinalizer(clock.stop)
    there = client.generic(row.method, reverse(row.name, kwargs=given))
    for name, value in given.items():
        if not isinstance(value, int):
            continue
        other = reverse(row.name, kwargs=given | {name: 999_999})
        missing = client.generic(row.method, other)
        assert missing.status_code == there.status_code
        assert FLEETING.sub("", missing.text) == FLEETING.sub("", there.text)
        assert missing.headers.keys() == there.headers.keys()
