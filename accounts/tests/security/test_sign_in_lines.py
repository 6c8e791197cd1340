"""What the security log is told of coming in, going out and proving oneself."""

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.devices import find_by_email
from accounts.models import User
from accounts.tests.factors import (
    code_of_app,
    give_app,
    prove_again,
    recovery_codes,
)
from accounts.tests.people import PASSWORD, make_user, signed_in_as, typed_in
from accounts.tests.views.test_mfa_activate_totp import secret_on
from inventory_site.tests.security_lines import SecurityLines

pytestmark = pytest.mark.django_db

STEP = "/login/second-step"
FACTOR = "/account/second-factor"


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def test_password(person: User, security_lines: SecurityLines) -> None:
    client = typed_in(REMOTE_ADDR="203.0.113.9")
    line = security_lines.only("signed_in")
    assert (line["user"], line["name"]) == (person.pk, "Nora New")
    assert (line["client"], line["page"]) == ("203.0.113.9", "account_login")
    assert line["facts"] == {"how": ["password"], "known_device": False}
    client.post("/logout")
    assert security_lines.only("signed_out")["user"] == person.pk
    typed_in(client=client)
    assert security_lines.of("signed_in")[1]["facts"]["known_device"] is True


def test_password_and_code(person: User, security_lines: SecurityLines) -> None:
    give_app(person)
    client = typed_in()
    assert not security_lines.of("signed_in")
    client.post(STEP, {"code": "000000"})
    failed = security_lines.only("second_factor_failed")
    assert failed["facts"] == {
        "kind": "app",
        "person": person.pk,
        "person_name": "Nora New",
    }
    client.post(STEP, {"code": code_of_app()})
    assert security_lines.only("signed_in")["facts"]["how"] == ["password", "app"]


def test_recovery_code(person: User, security_lines: SecurityLines) -> None:
    give_app(person)
    code = recovery_codes(person)[0]
    typed_in().post(STEP, {"code": code})
    assert security_lines.only("recovery_code_used")["user"] == person.pk
    told = security_lines.only("signed_in")["facts"]["how"]
    assert told == ["password", "recovery_codes"]


def test_wrong_password_names_the_account_and_never_what_was_typed(
    person: User, security_lines: SecurityLines
) -> None:
    typed_in("NORA@example.com", password="seven grey herrings")
    line = security_lines.only("sign_in_failed")
    assert (line["user"], line["outcome"]) == (None, "failed")
    assert line["facts"] == {
        "how": "password",
        "person": person.pk,
        "person_name": "Nora New",
    }
    assert "herring" not in security_lines.texts[0]


def test_password_typed_into_the_field_of_the_address(
    person: User, security_lines: SecurityLines
) -> None:
    for typed in ("hunter2@example.com", "Hunter2@example.com ", "other@example.com"):
        typed_in(typed)
    told = [line["facts"] for line in security_lines.of("sign_in_failed")]
    assert told[0] == told[1] != told[2]
    assert set(told[0]) == {"how", "address_hash"}
    assert "hunter2" not in "".join(security_lines.texts).lower()


def test_nul_in_the_address(db: None, security_lines: SecurityLines) -> None:
    typed_in("nul\0@example.com")
    assert security_lines.texts == [] or security_lines.only("sign_in_failed")


@pytest.mark.parametrize("email", ["nora@example.com", "nobody@example.com"])
def test_telling_costs_one_query_whoever_it_was(
    person: User, django_assert_num_queries, email: str
) -> None:
    with django_assert_num_queries(1):
        find_by_email(email)


def test_deactivated_person(person: User, security_lines: SecurityLines) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    typed_in()
    line = security_lines.only("sign_in_failed")
    assert (line["outcome"], line["facts"]["how"]) == ("refused", "inactive")


def test_passkey_that_does_not_fit(client: Client, security_lines) -> None:
    client.get("/login/passkey")
    client.post("/login/passkey", {"credential": "{}"})
    line = security_lines.only("sign_in_failed")
    assert line["facts"] == {"how": "passkey"}


def test_passkey_that_does_not_fit_as_second_step(
    person: User, security_lines: SecurityLines
) -> None:
    give_app(person)
    typed_in().post(STEP, {"credential": "{}"})
    told = security_lines.only("second_factor_failed")["facts"]
    assert (told["kind"], told["person"]) == ("passkey", person.pk)


def test_too_many_tries(person: User, security_lines: SecurityLines) -> None:
    for _attempt in range(6):
        typed_in(password="wrong words")
    line = security_lines.only("throttled")
    assert line["facts"] == {"limit": "login_failed"}
    assert len(security_lines.of("sign_in_failed")) == 5


def test_too_many_posts_and_too_many_codes(
    client: Client, person: User, settings: Settings, security_lines: SecurityLines
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"sign_in": "1/m/ip"}
    for _attempt in range(2):
        client.post("/login", {"email": "a@example.com", "password": "b"})
    assert security_lines.only("throttled")["facts"] == {"limit": "sign_in"}
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1/m/key"}
    give_app(person)
    client = typed_in(password=PASSWORD)
    for _attempt in range(2):
        client.post(STEP, {"code": "000000"})
    assert len(security_lines.of("throttled")) == 2


def test_proving_oneself_once_more(person: User, security_lines: SecurityLines) -> None:
    client = signed_in_as(person)
    client.post("/account/again/password", {"password": "wrong words"})
    prove_again(client)
    failed, done = security_lines.of("identity_confirmed")
    assert (failed["outcome"], done["outcome"]) == ("failed", "done")
    assert done["facts"] == {"how": "password"}


def test_app_and_codes(
    person: User,
    security_lines: SecurityLines,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = signed_in_as(person)
    prove_again(client)
    with django_capture_on_commit_callbacks(execute=True):
        secret = secret_on(client.get(f"{FACTOR}/app").text)
        client.post(f"{FACTOR}/app", {"code": code_of_app(secret)})
    assert security_lines.only("second_factor_added")["facts"]["kind"] == "app"
    assert len(security_lines.of("recovery_codes_made")) == 1
    client.get(f"{FACTOR}/codes")
    client.get(f"{FACTOR}/codes/download")
    assert len(security_lines.of("recovery_codes_shown")) == 2
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{FACTOR}/codes/new")
    assert len(security_lines.of("recovery_codes_made")) == 2
    client.post(f"{FACTOR}/app/remove")
    removed = security_lines.of("second_factor_removed")
    assert [line["facts"]["kind"] for line in removed] == ["app", "recovery_codes"]


def test_admin_without_a_second_factor(
    admin: User, settings: Settings, security_lines: SecurityLines
) -> None:
    settings.REQUIRE_MFA_FOR_ADMINS = True
    signed_in_as(admin).get("/dashboard")
    line = security_lines.only("page_denied")
    assert line["facts"] == {"reason": "second_factor_missing"}


def test_ended_sessions(person: User, security_lines: SecurityLines) -> None:
    client, _other = typed_in(), typed_in()
    prove_again(client)
    client.post("/account/sessions/others/end")
    told = security_lines.only("sessions_ended")["facts"]
    assert told == {"count": 1, "which": "all others"}
