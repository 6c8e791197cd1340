"""Fixtures of every test: the people, the media folder.

Each app's own fixtures stand beside its tests; tests in a folder named `browser` drive
Chromium (inventory_site/tests/browser_fixtures.py).
"""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from products.models import ImportRun
from products.models.guards import drop_guards

pytest_plugins = [
    "inventory_site.tests.browser_fixtures",
    "inventory_site.tests.security_lines",
]

# Playwright's sync interface runs an event loop in this thread; Django's ORM would
# refuse to work beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HAS_PLAYWRIGHT = bool(importlib.util.find_spec("pytest_playwright"))
NO_PLAYWRIGHT = "Playwright is not installed: pip install -r requirements-dev.txt"

# The same examples each time, so that what fails once fails again; no time limits.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)
hypothesis_settings.load_profile("house")

collect_ignore_glob = [] if HAS_PLAYWRIGHT else ["*/tests/browser"]


def pytest_configure() -> None:
    if os.environ.get("BROWSER") == "required" and not HAS_PLAYWRIGHT:
        raise pytest.UsageError(NO_PLAYWRIGHT)


def pytest_report_header() -> str | None:
    return None if HAS_PLAYWRIGHT else f"browser tests left out: {NO_PLAYWRIGHT}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
        asked = {"db", "transactional_db"}.intersection(
            getattr(item, "fixturenames", ())
        )
        if asked or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def media_root(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Files of a test go to a folder of its own, never to the shop's."""
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = folder
    uploads = FileSystemStorage(location=tmp_path / "uploads")
    monkeypatch.setattr(ImportRun._meta.get_field("upload"), "storage", uploads)
    return folder


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Limits count in the cache, which outlives a test, by keys that come again."""
    cache.clear()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page leaves its language to the thread, which the next test is to know not."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def flushable_history(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the delete guards before a transactional test empties the tables.

    The flush ends in `post_migrate`, which puts them back.
    """
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction"))
    asks_for_it = {"transactional_db", "live_server"} & set(request.fixturenames)
    if transactional or asks_for_it:
        request.getfixturevalue("transactional_db")
        yield
        drop_guards(connection, events=("delete",))
    else:
        yield


@pytest.fixture
def unguarded_history(transactional_db: None) -> None:
    """History that a test may empty by itself, with `flush`."""
    drop_guards(connection, events=("delete",))


@pytest.fixture
def regular(db: None) -> User:
    return User.objects.create_user(
        "rosa@example.com", "a long password", role=Role.REGULAR, name="Rosa Regular"
    )


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user(
        "carl@example.com", "a long password", role=Role.CLERK, name="Carl Clerk"
    )


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_user(
        "ada@example.com", "a long password", role=Role.ADMIN, name="Ada Admin"
    )
