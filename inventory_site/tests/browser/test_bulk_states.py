"""The pages of many chosen products, with some chosen, asked and refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from inventory_site.tests.browser.extremes import make_extreme_product
from inventory_site.tests.browser.looks import TWO_LOOKS
from products.tests.factories import make_product

Visit = Callable[[str], Page]
Stands = Callable[..., None]


@pytest.mark.parametrize("action", ["Adjust", "Category", "Archive", "Export"])
def test_asked_and_refused(action: str, visit: Visit, assert_stands: Stands) -> None:
    make_extreme_product()
    mug = make_product(name="Mug", stock=5)
    page = visit("/dashboard")
    page.get_by_role("checkbox", name=f"Select {mug.name}").check()
    page.get_by_role("checkbox", name="Select <b>").first.check()
    bar = page.get_by_role("form", name="Selected products")
    expect(bar).to_be_visible()
    if action == "Adjust":
        # It sticks over rows that come from under it when they are scrolled.
        bar.evaluate("bar => { bar.style.position = 'static'; }")
        assert_stands(page, TWO_LOOKS)
        page.set_viewport_size({"width": 1280, "height": 800})
    bar.get_by_role("button", name=action, exact=True).click()
    expect(page.locator("#bulk")).to_have_count(0)
    assert_stands(page, TWO_LOOKS)
    if action in {"Adjust", "Category"}:
        page.locator("main form .btn-primary").last.click()
        expect(page.locator("main .is-invalid").first).to_be_visible()
        assert_stands(page, TWO_LOOKS)
