"""How long one sign-in lasts, however busy the session is."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.tests.people import is_signed_in, make_user, typed_in
from inventory_site.tests.security_lines import SecurityLines

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def busy_until(client: Client, days: int) -> None:
    """Open a page every day."""
    for day in range(1, days + 1):
        with time_machine.travel(NOON + timedelta(days=day), tick=False):
            assert is_signed_in(client)


@pytest.fixture
def client(db: None) -> Client:
    make_user()
    with time_machine.travel(NOON, tick=False):
        return typed_in()


def test_session_ends_after_thirty_days_however_busy(
    client: Client, security_lines: SecurityLines
) -> None:
    busy_until(client, 29)
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        response = client.get("/account/profile?a=b")
        assert response["Location"] == "/login?next=/account/profile%3Fa%3Db"
        assert not is_signed_in(client)
    told = security_lines.only("sessions_ended")["facts"]
    assert told == {"count": 1, "which": "over"}


def test_form_that_was_filled_in_is_still_taken(client: Client) -> None:
    busy_until(client, 29)
    with time_machine.travel(NOON + timedelta(days=31), tick=False):
        response = client.post("/account/profile", {"name": "Nora Newer"})
        assert response["Location"] == "/account/profile"
        assert not is_signed_in(client)


def test_new_sign_in_begins_anew(client: Client) -> None:
    busy_until(client, 29)
    with time_machine.travel(NOON + timedelta(days=29), tick=False):
        client.post("/logout")
        typed_in(client=client)
    for day in (31, 40):
        with time_machine.travel(NOON + timedelta(days=day), tick=False):
            assert is_signed_in(client)


def test_session_nobody_uses_ends_after_two_weeks(client: Client) -> None:
    with time_machine.travel(NOON + timedelta(days=15), tick=False):
        assert not is_signed_in(client)
