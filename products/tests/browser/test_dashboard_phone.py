"""The dashboard under a thumb: cards, tabs, the sheet behind More."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from products.models import Product
from products.tests.factories import make_product, reload

Visit = Callable[[str], Page]

pytestmark = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, has_touch=True
)


IS_AT_THE_END = """
() => {
  const { scrollTop, clientHeight, scrollHeight } = document.documentElement;
  return scrollTop + clientHeight >= scrollHeight - 1;
}
"""


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", stock=5)


@pytest.fixture
def phone(mug: Product, visit: Visit) -> Page:
    return visit("/dashboard")


def test_rows_are_cards(phone: Page) -> None:
    row = phone.get_by_role("row", name="Blue mug")
    assert row.evaluate("row => getComputedStyle(row).display") == "grid"
    expect(row.get_by_text("In stock")).to_be_in_viewport()
    expect(row.get_by_label("Adjust stock of Blue mug")).to_be_hidden()


def test_adjust_from_the_menu_of_a_card(phone: Page, mug: Product) -> None:
    phone.get_by_label("More for Blue mug").tap()
    phone.get_by_role("link", name="Adjust stock", exact=True).tap()
    dialog = phone.get_by_role("dialog", name="Adjust stock")
    dialog.get_by_label("Quantity").fill("2")
    dialog.get_by_label("Reason").select_option("Received")
    dialog.get_by_role("button", name="Adjust stock").tap()
    expect(
        phone.get_by_role("row", name="Blue mug").get_by_text("7", exact=True)
    ).to_be_visible()
    assert reload(mug).on_hand == 7


def test_tabs_lead_to_the_main_pages(phone: Page) -> None:
    tabs = phone.get_by_role("navigation", name="Main, phone")
    expect(tabs.get_by_role("link", name="Dashboard")).to_have_attribute(
        "aria-current", "page"
    )
    tabs.get_by_role("link", name="Receive").tap()
    expect(phone.get_by_role("heading", name="Receive a delivery")).to_be_visible()
    expect(tabs).to_be_hidden()  # it has an action bar of its own
    phone.go_back()
    tabs.get_by_role("link", name="Count").tap()
    expect(phone.get_by_role("heading", name="Counts")).to_be_visible()


def test_search_opens_on_a_page_without_a_list(phone: Page, visit: Visit) -> None:
    visit("/account/profile")
    search = phone.get_by_role("searchbox")
    expect(search).to_be_hidden()
    phone.get_by_role("link", name="Search products").tap()
    expect(search).to_be_focused()
    search.fill("mug")
    search.press("Enter")
    expect(phone.get_by_role("row", name="Blue mug")).to_be_visible()


def test_sheet_behind_more(phone: Page) -> None:
    more = phone.get_by_text("More", exact=True)
    profile = phone.get_by_role("link", name="Your profile", exact=True)
    more.tap()
    expect(profile).to_be_visible()
    profile.scroll_into_view_if_needed()
    expect(profile).to_be_in_viewport()
    phone.keyboard.press("Escape")
    expect(profile).to_be_hidden()
    more.tap()
    phone.get_by_role("button", name="Sign out").tap()
    expect(phone.get_by_text("You are signed out.")).to_be_visible()


def test_nothing_hides_behind_the_tabs(phone: Page) -> None:
    # The last part comes when it is scrolled to, and makes the page longer.
    phone.keyboard.press("End")
    expect(phone.locator("#by-category table")).to_be_attached()
    phone.keyboard.press("End")
    phone.wait_for_function(IS_AT_THE_END)
    rows = phone.get_by_role("combobox", name="Rows")
    tabs = phone.get_by_role("navigation", name="Main, phone").bounding_box()
    field = rows.bounding_box()
    assert tabs is not None
    assert field is not None
    assert field["y"] + field["height"] <= tabs["y"]
