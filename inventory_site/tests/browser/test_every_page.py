"""Every page of the permission table, wide and on a phone, light and dark."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from inventory_site.tests.permissions_table import ROWS, Row

OK = 200
PAGES = [
    row
    for row in ROWS
    if row.method == "GET" and row.is_page and OK in {row.anonymous, row.admin}
]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page(
    row: Row, live_server: LiveServer, signed_in: Page, assert_stands: Callable
) -> None:
    if row.anonymous == OK:
        signed_in.context.clear_cookies()
    signed_in.goto(live_server.url + reverse(row.name, kwargs=dict(row.given())))
    assert_stands(signed_in)
