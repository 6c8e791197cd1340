"""Our own system checks, as `manage.py check` runs them."""

from pathlib import Path

import pytest
from django.core import checks
from pytest_django import Settings

SERVER = "django.db.backends.postgresql"
SHARED = "django.core.cache.backends.db.DatabaseCache"
PER_PROCESS = "django.core.cache.backends.locmem.LocMemCache"


def ids(tag: str) -> set[str]:
    found = checks.run_checks(tags=[tag], include_deployment_checks=True)
    return {str(message.id) for message in found if "inventory_site" in message.id}


@pytest.mark.parametrize(
    ("engine", "cache", "warns"),
    [
        (SERVER, PER_PROCESS, True),
        (SERVER, SHARED, False),
        ("django.db.backends.sqlite3", PER_PROCESS, False),
    ],
)
def test_cache_of_several_processes(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
    cache: str,
    *,
    warns: bool,
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
    settings.CACHES = {"default": {"BACKEND": cache}}
    assert ("inventory_site.W001" in ids("caches")) is warns


@pytest.mark.parametrize(
    ("host", "warns"), [("shop.example", True), ("localhost", False)]
)
def test_debug_stays_at_home(settings: Settings, host: str, *, warns: bool) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = True, [host]
    assert ("inventory_site.W002" in ids("security")) is warns


@pytest.mark.parametrize(("host", "refused"), [("*", True), ("127.0.0.1", False)])
def test_demo_stays_at_home(settings: Settings, host: str, *, refused: bool) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS = True, [host]
    assert ("inventory_site.E001" in ids("security")) is refused


@pytest.mark.parametrize(
    ("has_mail", "url", "warns"),
    [
        (True, "", True),
        (True, "https://shop.example", False),
        (False, "", False),
    ],
)
def test_mails_know_the_site(
    settings: Settings, url: str, *, has_mail: bool, warns: bool
) -> None:
    settings.EMAIL_IS_SET_UP, settings.SITE_URL = has_mail, url
    assert ("inventory_site.W003" in ids("urls")) is warns


def test_nothing_to_say_about_a_usual_shop(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["shop.example"]
    assert not ids("security")


def test_list_of_breached_passwords(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "pwned.txt"
    settings.BREACHED_PASSWORDS = str(path)
    assert "inventory_site.W004" in ids("security")  # there is none
    path.write_text(f"{'A' * 40}:2\n{'B' * 40}:1\n")
    assert "inventory_site.W004" not in ids("security")
    path.write_text(f"{'B' * 40}:1\n{'A' * 40}:2\n")
    assert "inventory_site.W004" in ids("security")
    settings.BREACHED_PASSWORDS = ""
    assert "inventory_site.W004" not in ids("security")
