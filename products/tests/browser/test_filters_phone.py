"""Filters of long lists under a thumb: a button, and those that are set in sight."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from products.tests.factories import make_product

Visit = Callable[[str], Page]

LISTS = {
    "/dashboard": "Status",
    "/stock/movements": "Since",
    "/stock/operations": "Since",
}

STANDS_OUT = """
(filters) => filters.scrollWidth - filters.clientWidth
"""
CUT = """
(field) => {
  const pen = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(field);
  pen.font = style.font;
  const taken = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  return pen.measureText(field.placeholder).width > field.clientWidth - taken;
}
"""


@pytest.fixture(autouse=True)
def mug(transactional_db: None) -> None:
    make_product(name="Blue mug", stock=5)


def fold(page: Page) -> Locator:
    return page.get_by_role("button", name="Filters", exact=True)


def field(page: Page, name: str) -> Locator:
    return page.locator(".filters .filter").get_by_label(name, exact=True)


@pytest.fixture(params=[320, 390])
def phone(request: pytest.FixtureRequest, page: Page) -> Page:
    page.set_viewport_size({"width": request.param, "height": 844})
    return page


@pytest.mark.parametrize(("path", "name"), LISTS.items())
def test_come_and_go_by_a_button(
    phone: Page, visit: Visit, path: str, name: str
) -> None:
    visit(path)
    expect(field(phone, name)).to_be_hidden()
    for is_open in (True, False):
        fold(phone).click()
        expect(field(phone, name)).to_be_visible(visible=is_open)
        expect(fold(phone)).to_have_attribute("aria-expanded", str(is_open).lower())


@pytest.mark.parametrize("path", LISTS)
def test_none_stands_out_and_no_words_are_cut(
    phone: Page, visit: Visit, path: str
) -> None:
    visit(path)
    fold(phone).click()
    assert phone.locator(".filters").evaluate(STANDS_OUT) == 0
    for search in phone.get_by_role("searchbox").all():
        if search.is_visible():
            assert not search.evaluate(CUT)


def test_what_is_set_stays_in_sight(phone: Page, visit: Visit) -> None:
    visit("/stock/movements?source=import")
    expect(field(phone, "From")).to_be_visible()
    expect(field(phone, "What")).to_be_hidden()


def test_stay_open_when_the_list_comes_anew(phone: Page, visit: Visit) -> None:
    visit("/dashboard")
    fold(phone).click()
    field(phone, "Stock").select_option("Low")
    expect(phone.get_by_text("Clear all").first).to_be_visible()
    expect(field(phone, "Status")).to_be_visible()
    expect(fold(phone)).to_have_attribute("aria-expanded", "true")


def test_one_that_is_emptied_keeps_the_focus(phone: Page, visit: Visit) -> None:
    visit("/dashboard?stock=low")
    stock = field(phone, "Stock")
    stock.focus()
    stock.select_option("Any")
    expect(phone.get_by_role("row", name="Blue mug")).to_be_visible()
    expect(stock).to_be_focused()


def test_no_button_where_there_is_room(visit: Visit) -> None:
    page = visit("/stock/operations")
    expect(fold(page)).to_be_hidden()
    expect(field(page, "Since")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_all_are_there_without_scripts(phone: Page, visit: Visit) -> None:
    visit("/stock/operations")
    expect(fold(phone)).to_be_hidden()
    expect(field(phone, "Since")).to_be_visible()
