"""Light and dark without scripts load the page anew: never over a form to fill in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from products.tests.factories import make_product

Visit = Callable[[str], Page]

WITHOUT_SCRIPTS = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.fixture(autouse=True)
def mug(transactional_db: None) -> None:
    make_product(name="Blue mug", stock=5)


def switch(page: Page) -> Locator:
    return page.get_by_role("button", name="Switch between light and dark").first


@WITHOUT_SCRIPTS
@pytest.mark.parametrize(
    "path", ["/add_product", "/stock/receive", "/stock/counts/new", "/account/profile"]
)
def test_not_offered_over_a_form(visit: Visit, path: str) -> None:
    page = visit(path)
    expect(page.locator("main form").first).to_be_visible()
    expect(page.locator('[form="appearance"]:visible')).to_have_count(0)


@WITHOUT_SCRIPTS
def test_not_offered_while_something_is_ticked(visit: Visit) -> None:
    page = visit("/dashboard")
    tick = page.locator('input[name="product"]').first
    tick.check()
    expect(switch(page)).to_be_hidden()
    tick.uncheck()
    expect(switch(page)).to_be_visible()


def test_with_scripts_it_keeps_what_is_typed(visit: Visit) -> None:
    page = visit("/add_product")
    page.get_by_label("Name").first.fill("Red mug")
    switch(page).click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_label("Name").first).to_have_value("Red mug")
