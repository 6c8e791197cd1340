"""Where one is signed in, and what ends a session elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from accounts.services import sessions
from accounts.services.people import assign_role, deactivate_person, reactivate_person
from accounts.tests.factors import code_of_app, give_app
from accounts.tests.people import (
    PASSWORD,
    is_signed_in,
    make_superuser,
    make_user,
    typed_in,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def test_lists_own_devices_with_place_and_times(person: User) -> None:
    make_user("zoe@example.com")
    typed_in("zoe@example.com", HTTP_USER_AGENT="Mozilla (iPad) Version Safari/6")
    typed_in(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="93.184.216.34")
    here = typed_in(HTTP_USER_AGENT="Mozilla (Linux; Android) Chrome/1")
    page = here.get("/account/sessions").text
    assert "Firefox on Windows" in page
    assert "93.184.216.34" in page
    assert "iPad" not in page
    assert page.index("Chrome on Android") < page.index("Firefox on Windows")
    assert page.count("this device") == 1


def test_ended_sessions_are_not_listed(person: User) -> None:
    elsewhere, here = typed_in(), typed_in()
    elsewhere.post("/logout")
    here.get("/account/sessions")
    assert UserSession.objects.count() == 1


def test_last_seen_is_written_now_and_then(person: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        here = typed_in()
        clock.shift(timedelta(minutes=4))
        with CaptureQueriesContext(
            connection,
        ) as soon:
            here.get("/account/profile")
        assert UserSession.objects.get().last_seen_at == NOON
        assert not [q for q in soon if q["sql"].startswith(("UPDATE", "INSERT"))]
        clock.shift(timedelta(minutes=1))
        here.get("/account/profile", REMOTE_ADDR="93.184.216.34")
        seen = UserSession.objects.get()
        assert seen.last_seen_at == NOON + timedelta(minutes=5)
        assert seen.ip == "93.184.216.34"


def test_browser_that_says_too_much(person: User) -> None:
    here = typed_in(HTTP_USER_AGENT="x" * 5_000)
    assert "Unknown device" in here.get("/account/sessions").text


def test_oldest_is_ended_where_there_are_too_many(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MOST_SESSIONS", 3)
    with time_machine.travel(NOON, tick=False) as clock:
        signed_in = []
        for _device in range(5):
            signed_in.append(typed_in())
            clock.shift(timedelta(minutes=1))
        assert [is_signed_in(c) for c in signed_in] == [False] * 2 + [True] * 3
        assert UserSession.objects.count() == 3


def test_no_key_of_a_session_is_shown(person: User) -> None:
    typed_in()
    page = typed_in().get("/account/sessions").text
    assert not [key for (key,) in Session.objects.values_list("pk") if key in page]


class TestEndsAtOnce:
    """What changes who somebody is, or what he may do, is felt by every session."""

    def test_new_password_ends_the_others_and_keeps_this_one(
        self, person: User
    ) -> None:
        elsewhere, here = typed_in(), typed_in()
        new = {"password1": "eight brown owls", "password2": "eight brown owls"}
        here.post("/account/password", {"oldpassword": PASSWORD, **new})
        assert is_signed_in(here)
        assert not is_signed_in(elsewhere)
        assert here.get("/account/sessions").text.count("this device") == 1
        assert UserSession.objects.count() == 1

    def test_role_holds_from_the_next_page_on(self, owner: User) -> None:
        person = make_user("adam@example.com", role=Role.ADMIN)
        sessions = [typed_in("adam@example.com") for _device in range(2)]
        assert all(s.get("/account/people").status_code == 200 for s in sessions)
        assign_role(person=person, role=Role.CLERK, actor=owner)
        assert all(s.get("/account/people").status_code == 403 for s in sessions)
        assert all(s.get("/admin/", follow=True).status_code == 403 for s in sessions)

    def test_deactivated_person_is_out_and_stays_out(self, person: User) -> None:
        make_superuser()
        sessions = [typed_in(), typed_in()]
        deactivate_person(person=person)
        assert not any(map(is_signed_in, sessions))
        reactivate_person(person=person)
        assert not any(map(is_signed_in, sessions))

    def test_deactivated_between_password_and_second_factor(self, person: User) -> None:
        give_app(person)
        client = typed_in()
        User.objects.update(is_active=False)
        client.post("/login/second-step", {"code": code_of_app()})
        assert not is_signed_in(client)
