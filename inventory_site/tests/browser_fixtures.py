"""Fixtures of tests that drive Chromium.

Their `page` fails the test on any error in its console, a Content-Security-Policy
report among them.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from accounts.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

NO_CHROMIUM = "no Chromium on this machine; install it, or name it in CHROMIUM"
BROWSER_IS_REQUIRED = os.environ.get("BROWSER") == "required"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# WCAG 2.2 A and AA, and what axe's authors found to be good besides.
AXE_RULES = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
]

# Milliseconds until a page must show what it should; a busy machine is slow, not wrong.
PATIENCE = 20_000


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """The machine's own Chromium; without one the test skips, or fails in CI."""
    found = [path for name in CHROMIUM_NAMES if (path := shutil.which(name))]
    executable = os.environ.get("CHROMIUM") or next(iter(found), None)
    if executable is None:
        give_up = pytest.fail if BROWSER_IS_REQUIRED else pytest.skip
        give_up(NO_CHROMIUM)
    return {
        **browser_type_launch_args,
        "executable_path": executable,
        "chromium_sandbox": False,
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-US",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def console_errors() -> list[str]:
    """What the page complained of; a test that expects a complaint clears it."""
    return []


@pytest.fixture
def page(page: "Page", console_errors: list[str]) -> Iterator["Page"]:
    """A fresh page, which must have nothing to complain of when the test ends."""
    page.on(
        "console",
        lambda line: console_errors.append(line.text) if line.type == "error" else None,
    )
    page.on("pageerror", lambda error: console_errors.append(str(error)))
    yield page
    assert not console_errors, console_errors


@pytest.fixture
def sign_in(
    page: "Page", live_server: "LiveServer", client: Client
) -> Callable[[User], "Page"]:
    """Signs a person in without the form: the page under test is all that runs."""

    def _sign_in(person: User) -> "Page":
        client.force_login(person)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )
        return page

    return _sign_in


@pytest.fixture
def signed_in(sign_in: Callable[[User], "Page"], admin: User) -> "Page":
    """A page whose reader holds the Admin role."""
    return sign_in(admin)


@pytest.fixture
def visit(signed_in: "Page", live_server: "LiveServer") -> Callable[[str], "Page"]:
    """Opens an address of the site in the page of the admin."""

    def _visit(path: str) -> "Page":
        signed_in.goto(live_server.url + path)
        return signed_in

    return _visit


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Runs axe on the page as it stands; a finding fails with axe's own words.

    `but` names, by selectors, what others have made and we can't mend.
    """
    from axe_playwright_python.base import AXE_SCRIPT, AxeResults

    options = {"runOnly": AXE_RULES, "resultTypes": ["violations"]}

    def _assert_accessible(page: "Page", but: Sequence[str] = ()) -> None:
        page.wait_for_load_state()  # its words come before its styles
        # By evaluate(): a script tag would be stopped by the Content-Security-Policy.
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(AXE_SCRIPT)
        run = "([exclude, options]) => axe.run({ exclude }, options)"
        exclude = [[selector] for selector in but]
        results = AxeResults(page.evaluate(run, [exclude, options]))
        assert results.violations_count == 0, results.generate_report()

    return _assert_accessible
