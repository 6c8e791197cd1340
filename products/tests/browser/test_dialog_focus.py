"""Where the focus is while a dialog comes and goes, however long that takes.

The page's clock stands still, so that what Bootstrap waits for comes when a test says.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from products.models import Product
from products.tests.browser.keys import tab_to
from products.tests.factories import make_product

Visit = Callable[[str], Page]

A_WHILE = 1_000  # milliseconds; a dialog comes or goes in two steps of less
CLICK_TWICE = "link => { link.click(); link.click(); }"


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", stock=5)


@pytest.fixture
def dashboard(mug: Product, visit: Visit) -> Page:
    return visit("/dashboard")


def opener(page: Page) -> Locator:
    return page.get_by_label("Adjust stock of Blue mug")


def stop_the_clock(page: Page) -> None:
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))


def add_two(dialog: Locator) -> None:
    dialog.get_by_label("Quantity").fill("2")
    dialog.get_by_label("Reason").select_option("Found")
    dialog.get_by_role("button", name="Adjust stock").click()


def test_second_click_while_it_is_on_its_way_asks_once(dashboard: Page) -> None:
    asked: list[str] = []
    dashboard.on("request", lambda request: asked.append(request.url))
    opener(dashboard).evaluate(CLICK_TWICE)
    dialog = dashboard.get_by_role("dialog")
    expect(dialog.get_by_label("Add")).to_be_focused()
    add_two(dialog)
    expect(dashboard.get_by_text("adjusted by +2: 7 on hand")).to_be_visible()
    assert len([url for url in asked if url.endswith("/adjust")]) == 2


def test_field_clicked_while_it_opens_keeps_the_focus(dashboard: Page) -> None:
    stop_the_clock(dashboard)
    opener(dashboard).click()
    quantity = dashboard.get_by_role("dialog").get_by_label("Quantity")
    expect(dashboard.locator(".modal-backdrop")).to_be_attached()
    dashboard.clock.fast_forward(A_WHILE)
    quantity.click()
    dashboard.clock.fast_forward(A_WHILE)
    expect(quantity).to_be_focused()


def test_goes_back_to_the_opener_in_a_list_that_came_anew(dashboard: Page) -> None:
    opener(dashboard).click()
    dialog = dashboard.get_by_role("dialog")
    expect(dialog.get_by_label("Add")).to_be_focused()
    stop_the_clock(dashboard)
    add_two(dialog)
    expect(dashboard.locator("#catalogue tbody .qty")).to_have_text("7")
    for _step in range(2):
        dashboard.clock.fast_forward(A_WHILE)
    expect(dialog).to_be_hidden()
    expect(opener(dashboard)).to_be_focused()


def test_stays_with_somebody_who_has_gone_on(dashboard: Page) -> None:
    opener(dashboard).click()
    dialog = dashboard.get_by_role("dialog")
    expect(dialog.get_by_label("Add")).to_be_focused()
    stop_the_clock(dashboard)
    add_two(dialog)
    undo = dashboard.get_by_role("button", name="Undo")
    expect(undo).to_be_attached()
    tab_to(undo, may_be_covered=True)  # the dialog is still on its way
    for _step in range(2):
        dashboard.clock.fast_forward(A_WHILE)
    expect(dialog).to_be_hidden()
    expect(undo).to_be_focused()


def test_opens_again_as_soon_as_it_is_gone(dashboard: Page) -> None:
    opener(dashboard).click()
    dialog = dashboard.get_by_role("dialog")
    expect(dialog.get_by_label("Add")).to_be_focused()
    stop_the_clock(dashboard)
    dashboard.keyboard.press("Escape")
    opener(dashboard).evaluate("link => link.click()")
    for _step in range(2):
        dashboard.clock.fast_forward(A_WHILE)
    dashboard.clock.resume()
    expect(dialog.get_by_label("Add")).to_be_focused()
    add_two(dialog)
    expect(dashboard.get_by_text("adjusted by +2: 7 on hand")).to_be_visible()
