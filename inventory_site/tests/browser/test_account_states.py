"""The pages of one's own account in each state, as every page must stand."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.services.email_changes import ask_email_change
from accounts.tests.factors import give_app
from accounts.tests.people import PASSWORD, make_user, typed_in
from inventory_site.tests.browser.extremes import UNBROKEN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(live_server: LiveServer) -> str:
    return live_server.url


@pytest.fixture
def person(live_server: LiveServer) -> User:
    return make_user()


@pytest.fixture
def open_page(
    sign_in: Callable[[User], Page], person: User, site: str
) -> Callable[[str], Page]:
    """Opens an address for the person, who has just typed the password again."""
    page = sign_in(person)

    def _open(path: str) -> Page:
        page.goto(f"{site}/account/again/password?next={path}")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{site}{path}")
        return page

    return _open


@pytest.mark.parametrize(
    "path", ["", "/app", "/app/remove", "/codes", "/codes/new", "/passkeys/new"]
)
def test_pages_stand(
    open_page: Callable[[str], Page],
    path: str,
    person: User,
    assert_stands: Callable[[Page], None],
) -> None:
    if path != "/app":
        give_app(person)
    page = open_page("/account/second-factor" + path)
    assert_stands(page)


@pytest.mark.parametrize("action", ["rename", "remove"])
def test_passkey_stands(
    open_page: Callable[[str], Page],
    action: str,
    person: User,
    assert_stands: Callable[[Page], None],
) -> None:
    kept = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": f"Key {UNBROKEN}", "credential": {}},
    )
    page = open_page(f"/account/second-factor/passkeys/{kept.pk}/{action}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_stands(page)


def test_devices_stand(
    sign_in: Callable[[User], Page],
    person: User,
    site: str,
    assert_stands: Callable[[Page], None],
) -> None:
    typed_in(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; Mac OS X) Safari/6")
    typed_in(HTTP_USER_AGENT="x" * 300, REMOTE_ADDR="2001:db8:85a3::8a2e:370:7334")
    page = sign_in(person)
    page.goto(f"{site}/account/sessions")
    expect(page.get_by_role("button", name="Sign out Safari on iPhone")).to_be_visible()
    assert_stands(page)


def test_change_of_e_mail_stands(
    open_page: Callable[[str], Page],
    person: User,
    site: str,
    settings: Settings,
    assert_stands: Callable[[Page], None],
) -> None:
    settings.EMAIL_IS_SET_UP = True
    address = f"{'n' * 60}@a-shop-with-a-rather-long-name.example.com"
    asked = ask_email_change(person=person, new_email=address)
    page = open_page("/account/e-mail")
    expect(page.get_by_role("button", name="Keep my old e-mail")).to_be_visible()
    assert_stands(page)
    for token in (asked.old_token, asked.new_token):
        page.goto(f"{site}/account/e-mail/change/{token}")
        assert_stands(page)
        page.get_by_role("button", name="Yes, change it").click()
        expect(page.get_by_role("link", name="Go on")).to_be_visible()
        assert_stands(page)


def test_admin_who_must_set_one_up_stands(
    sign_in: Callable[[User], Page],
    admin: User,
    site: str,
    settings: Settings,
    assert_stands: Callable[[Page], None],
) -> None:
    settings.REQUIRE_MFA_FOR_ADMINS = True
    page = sign_in(admin)
    page.goto(f"{site}/dashboard")
    expect(page.get_by_text("Set up a second factor to go on")).to_be_visible()
    assert_stands(page)


def test_second_step_stands(
    page: Page, site: str, person: User, assert_stands: Callable[[Page], None]
) -> None:
    give_app(person)
    page.goto(f"{site}/login")
    page.get_by_label("E-mail").fill("nora@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more thing")).to_be_visible()
    assert_stands(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("This did not fit.")
    assert_stands(page)
