"""After signing out, Back shows nothing of the shop, in a browser that keeps pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserType, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User


@pytest.fixture
def keeping_page(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Page]:
    """A page of a browser as people have it; Playwright's keeps no page for Back."""
    browser = browser_type.launch(
        **browser_type_launch_args,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser.new_page(locale="en-US")
    browser.close()


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "elsewhere"])
def test_back_shows_nothing(
    keeping_page: Page,
    live_server: LiveServer,
    client: Client,
    admin: User,
    elsewhere: bool,
) -> None:
    page = keeping_page
    client.force_login(admin)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
    )
    for path in ("/account/people", "/account/profile"):
        page.goto(live_server.url + path)
        expect(page.get_by_text("Ada Admin").first).to_be_attached()
    if elsewhere:
        client.post("/logout")
        page.goto(f"{live_server.url}/login")
    else:
        page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    for _step in range(2):
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.get_by_text("Ada Admin")).to_have_count(0)
