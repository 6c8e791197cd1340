"""Choosing products on the list: pages, ranges, everything, and the way back."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Locator, Page, expect

from products.models import Product
from products.tests.browser.going import follow
from products.tests.factories import add_many

Visit = Callable[[str], Page]

PRODUCTS = 30  # two pages


@pytest.fixture
def dashboard(transactional_db: None, visit: Visit) -> Page:
    add_many(PRODUCTS)
    return visit("/dashboard?sort=sku")


def ticks(page: Page) -> Locator:
    return page.locator('input[name="product"]')


def bar(page: Page) -> Locator:
    return page.get_by_role("form", name="Selected products")


def expect_selected(page: Page, count: int) -> None:
    expect(bar(page)).to_contain_text(re.compile(rf"\b{count} selected"))


def test_the_bar_counts_and_clears(dashboard: Page) -> None:
    expect(bar(dashboard)).to_be_hidden()
    ticks(dashboard).nth(0).check()
    ticks(dashboard).nth(2).check()
    expect_selected(dashboard, 2)
    dashboard.keyboard.press("Escape")
    expect(bar(dashboard)).to_be_hidden()
    expect(dashboard.locator('input[name="product"]:checked')).to_have_count(0)


def test_a_range_with_shift(dashboard: Page) -> None:
    ticks(dashboard).nth(1).check()
    ticks(dashboard).nth(5).click(modifiers=["Shift"])
    expect_selected(dashboard, 5)
    ticks(dashboard).nth(3).click(modifiers=["Shift"])
    expect_selected(dashboard, 2)


def test_kept_while_pages_come_and_go(dashboard: Page) -> None:
    ticks(dashboard).nth(0).check()
    dashboard.locator("#page-after").click()
    expect(ticks(dashboard)).to_have_count(PRODUCTS - 25)
    expect_selected(dashboard, 1)
    expect(bar(dashboard)).to_contain_text("1 of them is not on this page")
    dashboard.locator("#page-before").click()
    expect(ticks(dashboard).nth(0)).to_be_checked()


def test_the_head_chooses_the_page(dashboard: Page) -> None:
    head = dashboard.get_by_label("Select all products on this page")
    head.check()
    expect_selected(dashboard, 25)
    ticks(dashboard).nth(4).uncheck()
    expect_selected(dashboard, 24)
    assert head.evaluate("box => box.indeterminate")


def test_another_list_keeps_ticks_and_says_so(dashboard: Page) -> None:
    ticks(dashboard).nth(0).check()
    dashboard.get_by_role("searchbox").fill("S1")
    expect(bar(dashboard)).to_contain_text("Kept from before the list changed")
    expect_selected(dashboard, 1)


def test_everything_ends_with_its_list(dashboard: Page) -> None:
    ticks(dashboard).nth(0).check()
    bar(dashboard).get_by_label(f"All {PRODUCTS} of the list").check()
    expect(bar(dashboard)).to_contain_text("All of the list selected")
    dashboard.get_by_role("searchbox").fill("S1")
    expect(dashboard.locator("p[role=status]").last).to_contain_text(
        "no longer selected"
    )
    expect(dashboard.locator('input[name="product"]:checked')).to_have_count(0)


def test_archives_everything_and_undoes_it(dashboard: Page) -> None:
    ticks(dashboard).nth(0).check()
    bar(dashboard).get_by_label(f"All {PRODUCTS} of the list").check()
    follow(bar(dashboard).get_by_role("button", name="Archive"))
    dashboard.get_by_role("button", name=f"Archive {PRODUCTS} products").click()
    flash = dashboard.get_by_text(f"Archived {PRODUCTS} products.")
    expect(flash).to_be_visible()
    expect(bar(dashboard)).to_be_hidden()
    dashboard.get_by_role("button", name="Undo").click()
    expect(dashboard.get_by_text("Undone: Archived")).to_be_visible()
    assert Product.objects.listed().count() == PRODUCTS


def test_back_from_the_question_everything_is_chosen_still(
    dashboard: Page, assert_accessible: Callable[[Page], None]
) -> None:
    ticks(dashboard).nth(0).check()
    dashboard.locator("#page-after").click()
    expect(ticks(dashboard)).to_have_count(PRODUCTS - 25)
    ticks(dashboard).nth(0).check()
    assert_accessible(dashboard)
    bar(dashboard).get_by_role("button", name="Adjust").click()
    page = dashboard
    page.get_by_label("Of each product").fill("6")
    page.get_by_text("Take away").click()
    page.get_by_label("Reason").select_option("damaged")
    page.get_by_role("button", name="Show what happens").click()
    expect(page.locator("#plan")).to_be_focused()
    expect(page.get_by_text("Only 5 are on hand.")).to_have_count(2)
    assert_accessible(page)
    page.get_by_role("link", name="Back to the list").click()
    expect(page).to_have_url(re.compile(r"/dashboard\?.*after="))
    expect_selected(page, 2)


def test_on_a_phone_it_comes_after_select(dashboard: Page) -> None:
    dashboard.set_viewport_size({"width": 390, "height": 844})
    expect(ticks(dashboard).nth(0)).to_be_hidden()
    dashboard.get_by_role("button", name="Select", exact=True).click()
    expect_selected(dashboard, 0)
    bar(dashboard).get_by_role("button", name="Select this page").click()
    expect_selected(dashboard, 25)
    bar(dashboard).get_by_role("button", name="Clear selection").click()
    expect(bar(dashboard)).to_be_hidden()
    expect(ticks(dashboard).nth(0)).to_be_hidden()


def test_a_clerk_may_only_adjust(
    transactional_db: None,
    sign_in: Callable[[AbstractBaseUser], Page],
    clerk: AbstractBaseUser,
    live_server: object,
) -> None:
    add_many(2)
    page = sign_in(clerk)
    page.goto(f"{live_server}/dashboard")
    ticks(page).nth(0).check()
    expect(bar(page)).to_be_visible()
    words = bar(page).get_by_role("button").all_inner_texts()
    assert "Adjust" in words
    assert not {"Category", "Archive", "Export"} & set(words)
