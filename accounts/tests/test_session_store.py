"""Sessions are found as Django finds them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> str:
    session = SessionStore()
    session["colour"] = "blue"
    session.save()
    assert session.session_key
    return session.session_key


def test_a_session_is_found_by_its_key(
    kept: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert SessionStore(kept)["colour"] == "blue"


def test_a_session_that_is_over_is_not_there(kept: str) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    session = SessionStore(kept)
    assert session.get("colour") is None
    assert session.session_key is None


@pytest.mark.parametrize(
    "key", ["x" * 32, "'; --aaaaaaaa", "ä" * 32, "a\0" * 16, "x" * 31 + "\n"]
)
def test_a_key_that_nobody_has_finds_nothing(kept: str, key: str) -> None:
    session = SessionStore(key)
    assert session.get("colour") is None
    assert session.session_key is None


def test_a_key_in_other_letters_opens_nothing(kept: str) -> None:
    """MariaDB compares without regard to case."""
    assert SessionStore(kept.upper()).get("colour") is None


@pytest.mark.parametrize(
    "sent", [r'"abcdefgh\000\000"', r'"\377\377\377\377\377\377\377\377"']
)
def test_a_cookie_that_is_no_key_is_none(client: Client, sent: str) -> None:
    cookie = f"{settings.SESSION_COOKIE_NAME}={sent}"
    assert client.get("/login", headers={"cookie": cookie}).status_code == 200
