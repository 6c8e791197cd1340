"""The People page in Chromium: roles and links by keyboard, errors with a way on."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import PASSWORD, make_superuser, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner_page(sign_in: Callable[[User], Page], live_server: LiveServer) -> Page:
    page = sign_in(make_superuser())
    make_user("zoe@example.com", name="Zoë Çelik")
    page.goto(f"{live_server.url}/account/people")
    return page


def test_role_by_keyboard(owner_page: Page) -> None:
    role = owner_page.get_by_label("Role of Zoë Çelik")
    save = owner_page.get_by_role("button", name="Save the role of Zoë Çelik")
    expect(save).to_be_hidden()
    role.focus()
    owner_page.keyboard.press("C")  # chooses Clerk
    expect(save).to_be_visible()
    owner_page.keyboard.press("Tab")
    owner_page.keyboard.press("Enter")
    expect(owner_page.get_by_text("has the role Clerk now")).to_be_visible()
    assert User.objects.get(email="zoe@example.com").role == Role.CLERK


def test_reset_link_by_keyboard(owner_page: Page) -> None:
    owner_page.get_by_label("More for Zoë Çelik").focus()
    owner_page.keyboard.press("Enter")
    owner_page.keyboard.press("Tab")
    owner_page.keyboard.press("Enter")
    link = owner_page.get_by_label("Link to hand over")
    expect(link).to_have_value(re.compile(r"/account/password/reset/\w+-\S+$"))


def test_link_is_copied(owner_page: Page) -> None:
    owner_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    owner_page.clock.install()
    owner_page.get_by_label("More for Zoë Çelik").click()
    owner_page.get_by_role("button", name="Link for a new password").click()
    expect(owner_page.get_by_role("button", name="Copy")).to_be_visible()
    owner_page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    for _click in range(2):
        owner_page.get_by_role("button", name=re.compile("Copy|Copied")).click()
        expect(owner_page.get_by_role("button", name="Copied")).to_be_visible()
    copied = owner_page.evaluate("navigator.clipboard.readText()")
    expect(owner_page.get_by_label("Link to hand over")).to_have_value(copied)
    for _click in range(2):
        owner_page.clock.fast_forward(3_000)  # the word stays for two seconds
    expect(owner_page.get_by_role("button", name="Copy", exact=True)).to_be_visible()


def test_errors_of_registration_get_the_focus(
    page: Page, live_server: LiveServer, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto(f"{live_server.url}/register")
    page.get_by_label("Name").fill("Nora")
    page.get_by_label("E-mail").fill("nonsense")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Create account").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page.get_by_label("E-mail")).to_have_value("nonsense")
    assert_accessible(page)
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("E-mail")).to_be_focused()


def test_sign_in_and_out(page: Page, live_server: LiveServer) -> None:
    make_user()
    page.goto(f"{live_server.url}/account/profile")
    page.get_by_label("E-mail").fill("nora@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
