"""Counting with a scanner and the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from products.models import Product, StockCount, Stocktake
from products.tests.browser.counter import (
    HUMAN,
    badge,
    counted,
    field,
    number,
    type_code,
    type_number,
)
from products.tests.browser.keys import press_on
from products.tests.browser.wedge import scan
from products.tests.factories import reload

Visit = Callable[[str], Page]


@pytest.mark.usefixtures("zoom")
class TestByKeyboard:
    def test_typed_from_the_first_to_the_applied_count(
        self, counting: Page, counted_mug: Product, counted_bowl: Product
    ) -> None:
        page = counting
        type_code(page, "mug")
        expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()
        type_number(page, "18")
        type_code(page, "BOWL")
        type_number(page, "31")
        expect(page.get_by_text("2 of 2 counted")).to_be_visible()
        expect(badge(page)).to_be_hidden()
        assert counted() == [("MUG", 18), ("BOWL", 31)]
        press_on(page.get_by_role("link", name="Pause"))
        press_on(page.get_by_role("button", name="Finish counting"))
        press_on(page.get_by_role("link", name="Review differences"))
        press_on(page.get_by_role("link", name="Apply the count"))
        press_on(page.get_by_role("button", name="Post 1 difference"))
        expect(page.get_by_text("“Shelf B” applied: 1 difference")).to_be_visible()
        assert (reload(counted_mug).on_hand, reload(counted_bowl).on_hand) == (18, 31)

    def test_each_scan_is_one_more(self, counting: Page, counted_mug: Product) -> None:
        page = counting
        for pieces in range(1, 4):
            scan(page, "5701234567899")
            expect(number(page)).to_have_value(str(pieces))
        scan(page, "BOWL-077")  # another product saves the one before
        expect(page.get_by_role("heading", name="Moss bowl")).to_be_visible()
        expect(number(page)).to_have_value("1")
        expect(page.get_by_text("1 of 2 counted")).to_be_visible()
        type_number(page, "24")
        expect(page.get_by_text("2 of 2 counted")).to_be_visible()
        assert counted() == [("MUG", 3), ("BOWL", 24)]

    def test_scanner_with_two_enters_saves_nothing_early(self, counting: Page) -> None:
        scan(counting, "5701234567899", end=2)
        expect(number(counting)).to_have_value("1")
        scan(counting, "5701234567899", end=2)
        expect(number(counting)).to_have_value("2")
        assert not counted()

    def test_shelf_is_kept_for_the_next_ones(self, counting: Page) -> None:
        page = counting
        page.get_by_label("Shelf").fill("B-07")
        page.keyboard.press("Enter")
        type_code(page, "MUG")
        type_number(page, "4")
        type_code(page, "BOWL")
        type_number(page, "5")
        expect(page.get_by_text("2 of 2 counted")).to_be_visible()
        assert set(StockCount.objects.values_list("shelf", flat=True)) == {"B-07"}

    def test_what_is_no_number_is_said_and_kept(self, counting: Page) -> None:
        type_code(counting, "MUG")
        counting.keyboard.type("1x", delay=HUMAN)
        counting.keyboard.press("Enter")
        expect(counting.get_by_role("alert")).to_contain_text("Write a whole number")
        expect(number(counting)).to_be_focused()
        assert not counted()

    def test_take_back(self, counting: Page) -> None:
        type_code(counting, "MUG")
        type_number(counting, "4")
        counting.get_by_role("button", name="Take back 4 × MUG").click()
        expect(counting.get_by_text("Taken back: 4 × MUG")).to_be_visible()
        assert not counted()

    def test_keys_of_the_page(self, counting: Page) -> None:
        scan(counting, "5701234567899")
        for key in ("2", "8"):
            counting.get_by_role("button", name=key, exact=True).click()
        counting.get_by_role("button", name="One more").click()
        counting.get_by_role("button", name="Save 29 and go on").click()
        expect(counting.get_by_text("1 of 2 counted")).to_be_visible()
        assert counted() == [("MUG", 29)]


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts(stocktake: Stocktake, visit: Visit) -> None:
    page = visit(f"/stock/counts/{stocktake.pk}/count")
    field(page).fill("5701234567899")
    number(page).fill("19")
    page.get_by_label("Shelf").fill("B-1")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("19 × MUG counted.")).to_be_visible()
    expect(page.get_by_label("Shelf")).to_have_value("B-1")
    assert counted() == [("MUG", 19)]


def test_setting_up_asks_for_what_was_chosen_only(visit: Visit) -> None:
    page = visit("/stock/counts/new")
    first, brand = page.get_by_label("From shelf"), page.get_by_label("Brand")
    expect(first).to_be_hidden()
    page.locator("#id_kind").select_option("shelves")
    expect(first).to_be_visible()
    page.locator("#id_kind").select_option("brand")
    expect(first).to_be_hidden()
    expect(brand).to_be_visible()
