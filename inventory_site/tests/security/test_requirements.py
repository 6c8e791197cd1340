"""Requirements no other test is about; docs/security-requirements.md names them."""

import re
from datetime import timedelta

import pytest
from allauth.mfa import app_settings as mfa
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils.module_loading import import_string

from accounts.models import User
from inventory_site.account_settings import FIXED
from inventory_site.tests.sources import CODE, calls, chain, imported_modules, name_of

UNSAFE_READERS = {"pickle", "marshal", "shelve", "dill", "yaml"}
WEAK = {"md5", "sha1"}
OWASP_MEMORY = 19_456  # KiB, with two rounds: the least that OWASP names for argon2id


def test_nothing_unpickles_what_a_client_sends() -> None:
    found = {name_of(path) for path in CODE if UNSAFE_READERS & imported_modules(path)}
    assert not found
    assert settings.SESSION_SERIALIZER.endswith("JSONSerializer")


def test_no_weak_hash_is_used() -> None:
    used = {
        name_of(path)
        for path in CODE
        for call in calls(path)
        if chain(call.func)[-1:] and chain(call.func)[-1] in WEAK
    }
    assert used == {"accounts/breached.py"}  # that list has SHA-1, and keeps nothing


def test_passwords_are_kept_as_argon2() -> None:
    """The tests' own settings take a quicker one."""
    first = import_string(FIXED["PASSWORD_HASHERS"][0])
    assert first is Argon2PasswordHasher
    assert first.memory_cost >= OWASP_MEMORY
    assert first.time_cost >= 2


def test_recovery_codes_are_long_enough() -> None:
    assert 10**mfa.RECOVERY_CODE_DIGITS >= 2**20
    assert len(generate_totp_secret()) * 5 >= 128  # of base 32


def test_limits_of_sessions_are_as_documented() -> None:
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) == timedelta(days=14)


@pytest.mark.parametrize("page", ["/login", "/register", "/account/password"])
def test_passwords_are_masked_and_left_to_password_managers(
    client: Client, regular: User, page: str
) -> None:
    if page.startswith("/account"):
        client.force_login(regular)
    fields = re.findall(
        r'<input[^>]*name="[^"]*password[^"]*"[^>]*>', client.get(page).text
    )
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert "maxlength" not in field
