"""The list of the dashboard: htmx fetches it, the address says what it shows."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from products.tests.factories import make_category, make_product

Visit = Callable[[str], Page]

MARK = "document.body.dataset.loadedOnce = 'yes'"
IS_MARKED = "document.body.dataset.loadedOnce === 'yes'"


@pytest.fixture
def shop() -> None:
    """Three products, told apart by every filter."""
    mugs = make_category("Mugs")
    make_product(name="Blue mug", sku="MUG-B", category=mugs, stock=3, price=4)
    make_product(name="Red mug", sku="MUG-R", category=mugs, price=6)
    make_product(name="Teapot", sku="POT", stock=9, price=30)


@pytest.fixture
def dashboard(shop: None, visit: Visit) -> Page:
    page = visit("/dashboard")
    page.evaluate(MARK)
    return page


def names(page: Page) -> Locator:
    return page.locator(".as-cards tbody .item-name")


def test_search_while_typing(dashboard: Page) -> None:
    dashboard.get_by_role("searchbox").press_sequentially("mug b")
    expect(names(dashboard)).to_have_text(["Blue mug"])
    expect(dashboard).to_have_url(re.compile(r"/dashboard\?q=mug\+b$"))
    expect(dashboard.get_by_role("searchbox")).to_be_focused()
    expect(dashboard.locator("#found")).to_have_text("1 product found")
    assert dashboard.evaluate(IS_MARKED)


def test_what_is_typed_while_the_list_comes_is_searched_too(dashboard: Page) -> None:
    search = dashboard.get_by_role("searchbox")

    def type_on(route: Route) -> None:
        search.press_sequentially(" b")
        route.continue_()

    dashboard.route("**/dashboard?q=mug&*", type_on)
    dashboard.clock.install()
    dashboard.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    search.press_sequentially("mug")
    dashboard.clock.fast_forward(1_000)  # longer than the search waits for a letter
    expect(names(dashboard)).to_have_text(["Red mug", "Blue mug"])
    expect(search).to_have_value("mug b")
    dashboard.clock.fast_forward(1_000)
    expect(names(dashboard)).to_have_text(["Blue mug"])


def test_filter_and_sort(dashboard: Page) -> None:
    dashboard.get_by_role("combobox", name="Category").select_option("Mugs")
    expect(names(dashboard)).to_have_text(["Red mug", "Blue mug"])
    dashboard.get_by_label("Sort").select_option("Price, lowest first")
    expect(names(dashboard)).to_have_text(["Blue mug", "Red mug"])
    expect(dashboard).to_have_url(re.compile(r"\?category=\d+&sort=price$"))
    assert dashboard.evaluate(IS_MARKED)


def test_focus_stays_on_the_filter_that_was_set(dashboard: Page) -> None:
    dashboard.get_by_role("combobox", name="Stock", exact=True).focus()
    dashboard.get_by_role("combobox", name="Stock", exact=True).select_option("Out")
    expect(names(dashboard)).to_have_text(["Red mug"])
    expect(dashboard.get_by_role("combobox", name="Stock", exact=True)).to_be_focused()


def test_search_keeps_the_filters(dashboard: Page) -> None:
    dashboard.get_by_role("combobox", name="Stock", exact=True).select_option(
        "In stock"
    )
    expect(names(dashboard)).to_have_count(2)
    dashboard.get_by_role("searchbox").press_sequentially("mug")
    expect(names(dashboard)).to_have_text(["Blue mug"])
    expect(dashboard.get_by_role("combobox", name="Stock", exact=True)).to_have_value(
        "in_stock"
    )


def test_back_and_forward_through_the_filters(dashboard: Page) -> None:
    dashboard.get_by_role("combobox", name="Category").select_option("Mugs")
    expect(names(dashboard)).to_have_count(2)
    dashboard.go_back()
    expect(names(dashboard)).to_have_count(3)
    expect(dashboard.get_by_role("combobox", name="Category")).to_have_value("")
    dashboard.wait_for_load_state()  # htmx listens to Forward by then
    dashboard.go_forward()
    expect(names(dashboard)).to_have_count(2)
    expect(dashboard.get_by_role("combobox", name="Category")).not_to_have_value("")


def test_back_from_a_product_to_the_search(dashboard: Page) -> None:
    dashboard.get_by_role("searchbox").press_sequentially("mug")
    # Its first letters find the same two.
    expect(dashboard).to_have_url(re.compile(r"\?q=mug$"))
    expect(names(dashboard)).to_have_count(2)
    dashboard.get_by_role("link", name="Red mug", exact=True).click()
    expect(dashboard.get_by_role("heading", name="Red mug")).to_be_visible()
    dashboard.go_back()
    expect(dashboard.get_by_role("banner")).to_be_visible()
    expect(names(dashboard)).to_have_count(2)
    expect(dashboard.get_by_role("searchbox")).to_have_value("mug")


def test_way_out_of_a_search_that_finds_nothing(dashboard: Page) -> None:
    dashboard.get_by_role("searchbox").press_sequentially("kettle")
    expect(dashboard.get_by_text("No product matches all of this")).to_be_visible()
    dashboard.get_by_role("link", name="Search kettle Remove").click()
    expect(names(dashboard)).to_have_count(3)


def test_figure_opens_the_list_behind_it(dashboard: Page) -> None:
    dashboard.get_by_role("link", name="Out 1").click()
    expect(names(dashboard)).to_have_text(["Red mug"])


def test_next_page_and_page_size(visit: Visit) -> None:
    for number in range(26):
        make_product(name=f"Product {number:02}")
    page = visit("/dashboard?sort=name")
    page.evaluate(MARK)
    page.get_by_role("link", name="Next").click()
    expect(names(page)).to_have_text(["Product 25"])
    page.get_by_role("combobox", name="Rows").select_option("50")
    expect(names(page)).to_have_count(26)
    assert page.evaluate(IS_MARKED)


def test_slash_goes_to_the_search(dashboard: Page) -> None:
    search = dashboard.get_by_role("searchbox")
    dashboard.keyboard.press("/")
    expect(search).to_be_focused()
    dashboard.keyboard.type("a/b")
    expect(search).to_have_value("a/b")


def test_menu_of_a_row_closes_by_itself(dashboard: Page) -> None:
    menu = dashboard.get_by_label("More for Teapot")
    copy = dashboard.get_by_role("link", name="Copy")
    menu.click()
    expect(copy).to_be_visible()
    dashboard.get_by_role("heading", name="Dashboard").click()
    expect(copy).to_be_hidden()
    menu.press("Enter")
    expect(copy).to_be_visible()
    dashboard.keyboard.press("Escape")
    expect(copy).to_be_hidden()
    expect(menu).to_be_focused()
