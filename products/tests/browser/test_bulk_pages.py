"""Turning the pages of a long plan."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from products.tests.factories import add_many

Visit = Callable[[str], Page]


def test_its_pages_turn_in_place(
    transactional_db: None, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("products.views.bulk.ROWS", 10)
    add_many(25)
    page = visit("/dashboard?sort=sku")
    page.locator("input[data-selection-page]").check()
    page.get_by_role("form", name="Selected products").get_by_role(
        "button", name="Archive", exact=True
    ).click()
    expect(page.get_by_text("1–10 of 25", exact=True)).to_be_visible()
    first = page.locator("tbody .code").first.inner_text()
    forward = page.get_by_role("button", name="Next", exact=True)
    forward.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("11–20 of 25", exact=True)).to_be_visible()
    expect(page.locator("tbody .code").first).not_to_have_text(first)
    expect(forward).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("21–25 of 25", exact=True)).to_be_visible()
    expect(forward).to_have_attribute("aria-disabled", "true")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/dashboard\?sort=sku$"))
