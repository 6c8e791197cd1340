"""A hand scanner on any page: what is a scan, and what is left alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from products.models import Product
from products.tests.browser.wedge import scan
from products.tests.factories import make_product, reload

Visit = Callable[[str], Page]

# What a page of documents does: takes each code. The list stands on the body.
TAKES_SCANS = """
() => {
  const codes = [];
  document.addEventListener("inventory:scan", (event) => {
    event.preventDefault();
    codes.push(event.detail.code);
    document.body.dataset.scanned = codes.join(" | ");
  });
}
"""
SCANNED = "data-scanned"
# A field of documents, and a form around it that would leave the page.
SCAN_FIELD = """
() => {
  const form = document.createElement("form");
  form.action = "/products/code";
  const field = document.createElement("input");
  field.name = "code";
  field.dataset.scanField = "";
  form.append(field);
  document.querySelector("main").append(form);
  field.focus();
}
"""


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", barcode="5701234567899", stock=5)


def taking(page: Page) -> Page:
    page.evaluate(TAKES_SCANS)
    return page


def test_opens_the_product(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    scan(page, "5701234567899")
    expect(page).to_have_url(re.compile(rf"/products/{mug.pk}$"))
    scan(visit("/dashboard"), mug.sku)
    expect(page).to_have_url(re.compile(rf"/products/{mug.pk}$"))


def test_unknown_code_offers_to_add_it(visit: Visit) -> None:
    page = visit("/dashboard")
    scan(page, "4006381333931")
    expect(page.get_by_text("No product has the code “4006381333931”")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Add product").click()
    expect(page.get_by_label("Barcode")).to_have_value("4006381333931")
    expect(page.get_by_text("not saved")).to_be_hidden()


def test_a_page_may_take_it(visit: Visit) -> None:
    page = taking(visit("/dashboard"))
    for code in ("A/1", " 12 345 ", "A/1", "Ä-€x"):
        scan(page, code)
    expect(page.locator("body")).to_have_attribute(SCANNED, "A/1 | 12 345 | A/1 | Ä-€x")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_wireless_scanner_with_a_gap_gives_the_whole_code(visit: Visit) -> None:
    page = taking(visit("/dashboard"))
    scan(page, "5701234567899", hiccup=0.25)
    scan(page, "5701234567899", gap=0.03, hiccup=0.2)
    expect(page.locator("body")).to_have_attribute(
        SCANNED, "5701234567899 | 5701234567899"
    )


def test_typing_in_a_field_is_left_alone(visit: Visit) -> None:
    page = taking(visit("/add_product"))
    page.get_by_label("Description").focus()
    scan(page, "5701234567899", end=2)
    expect(page.get_by_label("Description")).to_have_value("5701234567899\n\n")
    page.get_by_label("Name").focus()
    scan(page, "Mug/1", end=0)
    expect(page.get_by_label("Name")).to_have_value("Mug/1")
    assert page.locator("body").get_attribute(SCANNED) is None


@pytest.mark.parametrize(
    ("keys", "gap"), [("5701234567899", 0.1), ("mug", 0.08), ("ab", 0.01)]
)
def test_slow_or_short_is_somebody_typing(visit: Visit, keys: str, gap: float) -> None:
    page = taking(visit("/dashboard"))
    scan(page, keys, gap=gap)
    scan(page, "aaaaaaaa", held=True)
    scan(page, "/mug", gap=0.2, end=0)  # the key of the search works as ever
    expect(page.get_by_role("searchbox")).to_have_value("mug")
    assert page.locator("body").get_attribute(SCANNED) is None


def test_enter_of_a_scan_presses_no_button(visit: Visit) -> None:
    page = taking(visit("/dashboard"))
    page.get_by_role("main").get_by_role("link", name="Add a product").focus()
    scan(page, "57012 34", end=2)
    expect(page.locator("body")).to_have_attribute(SCANNED, "57012 34")
    scan(page, "5", gap=1)  # a person's Enter does
    expect(page.get_by_role("heading", name="Add product")).to_be_visible()


def test_a_dialog_is_not_answered_by_a_scan(mug: Product, visit: Visit) -> None:
    page = taking(visit(f"/products/{mug.pk}"))
    page.get_by_label("More for this product").click()
    page.get_by_role("link", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Archive instead")).to_be_focused()
    dialog.get_by_role("button", name="Delete product").focus()
    scan(page, "5701234567899")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.locator("body").get_attribute(SCANNED) is None
    assert reload(mug).on_hand == 5


def test_what_a_select_shows_stays(visit: Visit) -> None:
    page = taking(visit("/add_product"))
    status = page.get_by_label("Status")
    status.focus()
    scan(page, "DRA-1")
    expect(page.locator("body")).to_have_attribute(SCANNED, "DRA-1")
    expect(status).to_have_value("active")
    expect(page.get_by_text("not saved")).to_be_hidden()


def test_a_word_typed_into_a_select_is_a_choice(visit: Visit) -> None:
    page = taking(visit("/add_product"))
    status = page.get_by_label("Status")
    status.focus()
    scan(page, "draft")
    expect(status).to_have_value("draft")
    assert page.locator("body").get_attribute(SCANNED) is None


def test_field_for_scans(visit: Visit) -> None:
    page = taking(visit("/dashboard"))
    page.evaluate(SCAN_FIELD)
    field = page.locator("[data-scan-field]")
    for gap in (0.01, 0.2):
        scan(page, "MUG-1", gap=gap, end=2)
        expect(field).to_have_value("")
    expect(page.locator("body")).to_have_attribute(SCANNED, "MUG-1 | MUG-1")


def test_field_for_scans_sends_its_form_when_no_page_takes_them(visit: Visit) -> None:
    page = visit("/dashboard")
    page.evaluate(SCAN_FIELD)
    scan(page, "MUG-1", gap=0.2)
    expect(page.get_by_text("No product has the code “MUG-1”")).to_be_visible()
