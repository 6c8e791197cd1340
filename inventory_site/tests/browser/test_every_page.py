"""Every page of the permission table, wide and on a phone, light, dark and in German.

German words are longer: once more at the width where that shows.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from inventory_site.tests.browser.looks import HEIGHT, OUT_OF_SIGHT, PHONE
from inventory_site.tests.permissions_table import ROWS, Row

OK = 200
PAGES = [
    row
    for row in ROWS
    if row.method == "GET" and row.is_page and OK in {row.anonymous, row.admin}
]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page(
    row: Row,
    live_server: LiveServer,
    signed_in: Page,
    assert_stands: Callable,
    assert_accessible: Callable,
    settings: Settings,
) -> None:
    if row.anonymous == OK:
        signed_in.context.clear_cookies()
    address = live_server.url + reverse(row.name, kwargs=dict(row.given()))
    signed_in.goto(address)
    assert_stands(signed_in)
    # A script that is cut off in the middle would be an error.
    expect(signed_in.locator("[data-chart-state=loading]")).to_have_count(0)
    # Signed out, the browser says it; signed in, the person.
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "de"}
    signed_in.context.add_cookies([{**cookie, "url": live_server.url}])
    User.objects.update(language="de")
    signed_in.set_viewport_size({"width": PHONE, "height": HEIGHT})
    signed_in.emulate_media(color_scheme="light")
    signed_in.goto(address)
    expect(signed_in.locator("html")).to_have_attribute("lang", "de")
    assert not signed_in.evaluate(OUT_OF_SIGHT), "out of sight in German"
    assert_accessible(signed_in)
