"""Keys that lead somewhere, and when they must not."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from products.tests.browser.counter import HUMAN
from products.tests.browser.test_scanner import SCANNED, TAKES_SCANS
from products.tests.browser.wedge import scan
from products.tests.factories import make_product

Visit = Callable[[str], Page]
# However late the keys come: what waits a moment waits until the test says so.
STOP_WAITING = """
() => {
  const waiting = new Map();
  let number = 0;
  window.setTimeout = (act) => { waiting.set(++number, act); return number; };
  window.clearTimeout = (one) => waiting.delete(one);
  window.timeIsUp = () => { for (const act of waiting.values()) act(); };
}
"""
STAYS = "() => new Promise((done) => setTimeout(done, 400))"  # a key waits for 100 ms


def shown(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Keyboard shortcuts")


@pytest.fixture
def page_of_profile(visit: Visit) -> Page:
    make_product()
    page = visit("/account/profile")
    page.wait_for_load_state()
    return page


def test_question_mark_shows_them_and_escape_leads_back(page_of_profile: Page) -> None:
    here = page_of_profile.get_by_role("link", name="Where you are signed in")
    here.focus()
    page_of_profile.keyboard.press("?")
    expect(shown(page_of_profile)).to_be_visible()
    page_of_profile.keyboard.press("Escape")
    expect(shown(page_of_profile)).to_be_hidden()
    expect(here).to_be_focused()


def test_two_letters_lead_to_a_page(page_of_profile: Page) -> None:
    for key in "gm":
        page_of_profile.keyboard.press(key, delay=HUMAN)
    expect(page_of_profile).to_have_url(re.compile("/stock/movements$"))


def test_typing_is_typing(page_of_profile: Page) -> None:
    name = page_of_profile.get_by_label("Name")
    name.fill("")
    name.press_sequentially("?/gm")
    expect(name).to_have_value("?/gm")
    page_of_profile.evaluate(STAYS)
    expect(shown(page_of_profile)).to_be_hidden()
    expect(page_of_profile).to_have_url(re.compile("/profile$"))


@pytest.mark.parametrize("code", ["gm57012345", "?/gd"])
def test_a_scan_is_no_shortcut(page_of_profile: Page, code: str) -> None:
    page_of_profile.evaluate(STOP_WAITING)
    page_of_profile.evaluate(TAKES_SCANS)
    # The first key of a scanner that pauses before the second may be a shortcut's.
    scan(page_of_profile, code, hiccup=0.25 if code[0] == "g" else 0)
    expect(page_of_profile.locator("body")).to_have_attribute(SCANNED, code)
    page_of_profile.evaluate("() => timeIsUp()")
    expect(shown(page_of_profile)).to_be_hidden()
    expect(page_of_profile).to_have_url(re.compile("/profile$"))


def test_switched_off_they_do_nothing(page_of_profile: Page) -> None:
    page = page_of_profile
    page.get_by_role("link", name="Keyboard shortcuts").click()
    shown(page).get_by_role("button", name="Switch single keys off").click()
    expect(shown(page).get_by_role("status")).to_contain_text("switched off")
    page.keyboard.press("Escape")
    expect(shown(page)).to_be_hidden()
    for is_anew in (False, True):
        if is_anew:
            page.reload()
            page.wait_for_load_state()
        for key in "?/gm":
            page.keyboard.press(key, delay=HUMAN)
        page.evaluate(STAYS)
        expect(shown(page)).to_be_hidden()
        expect(page.get_by_role("searchbox")).not_to_be_focused()
        expect(page).to_have_url(re.compile("/profile$"))
