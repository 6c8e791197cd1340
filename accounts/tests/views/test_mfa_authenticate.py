"""The second step of signing in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.factors import code_of_app, give_app, recovery_codes
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db

STEP = "/login/second-step"
NOON = datetime(2026, 3, 3, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def person(db: None) -> User:
    person = make_user()
    give_app(person)
    return person


def password_typed(client: Client, **extra: str) -> Client:
    form = {"email": "nora@example.com", "password": PASSWORD} | extra
    assert client.post("/login", form)["Location"] == STEP
    return client


def test_password_alone_opens_nothing(client: Client, person: User) -> None:
    password_typed(client)
    assert not is_signed_in(client)
    assert client.get("/admin/").status_code == 302
    assert "One more thing" in client.get(STEP).text


def test_code_of_the_app_lets_in_and_leads_on(client: Client, person: User) -> None:
    password_typed(client, next="/account/profile")
    response = client.post(STEP, {"code": code_of_app()})
    assert response["Location"] == "/account/profile"
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("steps", "fits"), [(-2, False), (-1, True), (1, True), (2, False)]
)
def test_clocks_may_differ_by_one_step(
    client: Client, person: User, steps: int, *, fits: bool
) -> None:
    with time_machine.travel(NOON, tick=False):
        password_typed(client).post(STEP, {"code": code_of_app(steps_ahead=steps)})
        assert is_signed_in(client) is fits


def test_code_works_once(client: Client, person: User) -> None:
    with time_machine.travel(NOON, tick=False):
        code = code_of_app()
        password_typed(client).post(STEP, {"code": code})
        onlooker = password_typed(Client())
        assert "This did not fit." in onlooker.post(STEP, {"code": code}).text
        assert not is_signed_in(onlooker)


def test_recovery_code_works_once(client: Client, person: User) -> None:
    code = recovery_codes(person)[3]
    password_typed(client).post(STEP, {"code": code})
    assert is_signed_in(client)
    assert code not in recovery_codes(person)
    again = password_typed(Client())
    again.post(STEP, {"code": code})
    assert not is_signed_in(again)


def test_guessing_is_slowed_down_from_everywhere(person: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for guess in range(5):
            thief = password_typed(Client(REMOTE_ADDR=f"10.0.0.{guess}"))
            assert "This did not fit." in thief.post(STEP, {"code": "000000"}).text
        thief = password_typed(Client(REMOTE_ADDR="10.0.0.9"))
        refused = thief.post(STEP, {"code": code_of_app()})
        assert "That was too often." in refused.text
        assert not is_signed_in(thief)
        clock.shift(timedelta(minutes=5, seconds=1))
        thief.post(STEP, {"code": code_of_app()})
        assert is_signed_in(thief)


def test_time_for_it_runs_out(client: Client, person: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        password_typed(client)
        clock.shift(timedelta(minutes=16))
        response = client.post(STEP, {"code": code_of_app()})
        assert response["Location"] == "/login"
        assert not is_signed_in(client)


def test_without_the_password_there_is_no_second_step(client: Client) -> None:
    assert client.get(STEP)["Location"] == "/login"


def test_other_secret_key_opens_nothing(
    client: Client, person: User, settings: Settings
) -> None:
    settings.SECRET_KEY = "another " + "x" * 50
    password_typed(client)
    for guess in (code_of_app(), code_of_app("A" * 32), *recovery_codes(person)):
        client.post(STEP, {"code": guess})
        assert not is_signed_in(client)


def test_old_secret_key_still_reads_the_secrets(
    client: Client, person: User, settings: Settings
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another " + "x" * 50
    password_typed(client).post(STEP, {"code": code_of_app()})
    assert is_signed_in(client)


def test_other_account_can_be_chosen(client: Client, person: User) -> None:
    password_typed(client)
    assert client.post("/logout", {"next": "/login"})["Location"] == "/login"
    assert client.get(STEP)["Location"] == "/login"
