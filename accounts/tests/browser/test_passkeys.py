"""Passkeys with the virtual authenticator of Chromium."""

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.tests.people import PASSWORD, make_user
from inventory_site.tests.security_lines import SecurityLines

pytestmark = pytest.mark.django_db(transaction=True)

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(live_server: LiveServer) -> User:
    return make_user()


@pytest.fixture
def reader(page: Page) -> Iterator[tuple[CDPSession, str]]:
    """A device with a fingerprint reader that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield session, made["authenticatorId"]
    session.detach()


@pytest.fixture
def open_page(
    page: Page, client: Client, person: User, site: str
) -> Callable[[str], Page]:
    """Opens an address for the person, who has just typed the password again."""
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])

    def _open(path: str) -> Page:
        page.goto(f"{site}/account/again/password?next={path}")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{site}{path}")
        return page

    return _open


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """Passkeys are bound to a name: an IP address has none."""
    return live_server.url.replace("127.0.0.1", "localhost")


def add_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/account/second-factor/passkeys/new")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_passkey_signs_in_without_a_password(
    open_page: Callable[[str], Page],
    reader: object,
    site: str,
    person: User,
    security_lines: SecurityLines,
) -> None:
    page = open_page("/account/second-factor")
    add_passkey(page, site)
    [stored] = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    assert (stored.user, stored.wrap().name) == (person, "Laptop")
    page.context.clear_cookies()
    page.goto(f"{site}/login?next=/account/profile")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    assert security_lines.only("second_factor_added")["facts"]["kind"] == "passkey"
    assert security_lines.only("signed_in")["facts"]["how"] == ["passkey"]


def test_passkey_is_the_second_factor_after_the_password(
    open_page: Callable[[str], Page], reader: object, site: str
) -> None:
    page = open_page("/account/second-factor")
    add_passkey(page, site)
    page.context.clear_cookies()
    page.goto(f"{site}/login")
    page.get_by_label("E-mail").fill("nora@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more thing")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site}/dashboard")


def test_passkey_proves_once_more(
    open_page: Callable[[str], Page], reader: object, site: str
) -> None:
    page = open_page("/account/second-factor")
    add_passkey(page, site)
    page.context.clear_cookies()
    page.goto(f"{site}/login?next=/account/second-factor/codes")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_refused_finger_is_said(
    open_page: Callable[[str], Page],
    reader: tuple[CDPSession, str],
    site: str,
    assert_accessible: Callable[[Page], None],
) -> None:
    page = open_page("/account/second-factor/passkeys/new")
    session, authenticator = reader
    session.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": authenticator, "isUserVerified": False},
    )
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("No passkey was made.")).to_be_visible()
    assert_accessible(page)
    assert not Authenticator.objects.exists()


def test_removed_passkey_signs_nobody_in(
    open_page: Callable[[str], Page], reader: object, site: str
) -> None:
    page = open_page("/account/second-factor")
    add_passkey(page, site)
    page.goto(f"{site}/account/second-factor")
    page.get_by_role("link", name="Rename “Laptop”").click()
    page.get_by_role("textbox", name="Name").fill("Old laptop")
    page.get_by_role("button", name="Save name").click()
    page.get_by_role("link", name="Remove “Old laptop”").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{site}/login")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("This did not fit.")).to_be_visible()
