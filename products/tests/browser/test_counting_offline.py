"""Counting with a connection that drops: each count arrives, and arrives once."""

import re

from playwright.sync_api import Page, Route, expect

from products.models import Product, StockCount, Stocktake
from products.tests.browser.counter import (
    HUMAN,
    SENT,
    badge,
    counted,
    number,
    type_code,
    type_number,
)
from products.tests.factories import make_product
from products.tests.stocktaking import count, review


class TestConnection:
    def count_two(self, page: Page) -> None:
        type_code(page, "MUG")
        type_number(page, "7")
        type_code(page, "BOWL")
        type_number(page, "9")

    def test_dropped_and_back_sends_each_once(
        self, counting: Page, console_errors: list[str]
    ) -> None:
        counting.context.set_offline(True)
        self.count_two(counting)
        expect(badge(counting)).to_have_text("2 waiting to be sent")
        assert not counted()
        counting.context.set_offline(False)
        expect(badge(counting)).to_be_hidden()
        expect(counting.get_by_text("2 of 2 counted")).to_be_visible()
        assert counted() == [("MUG", 7), ("BOWL", 9)]
        console_errors.clear()  # the browser says that it was not connected

    def test_waits_through_a_reload_also_what_is_in_hand(
        self, counting: Page, console_errors: list[str]
    ) -> None:
        page = counting
        page.route(SENT, lambda route: route.abort())
        self.count_two(page)
        type_code(page, "MUG")
        page.keyboard.type("5", delay=HUMAN)
        page.reload()
        expect(badge(page)).to_have_text("2 waiting to be sent")
        expect(number(page)).to_have_value("5")
        expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()
        page.unroute(SENT)
        page.get_by_role("button", name="Send now").click()
        expect(badge(page)).to_be_hidden()
        page.get_by_role("button", name="Save 5 and go on").click()
        expect(page.get_by_role("button", name="Take back 5 × MUG")).to_be_visible()
        assert counted() == [("MUG", 7), ("BOWL", 9), ("MUG", 5)]
        console_errors.clear()

    def test_answer_that_is_lost_counts_nothing_twice(
        self, counting: Page, console_errors: list[str]
    ) -> None:
        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        page = counting
        page.route(SENT, lose, times=1)
        self.count_two(page)
        expect(badge(page)).to_be_hidden()
        expect(page.get_by_text("2 of 2 counted")).to_be_visible()
        assert counted() == [("MUG", 7), ("BOWL", 9)]
        console_errors.clear()

    def test_moment_is_that_of_the_count_not_of_the_sending(
        self, counting: Page, console_errors: list[str], counted_mug: Product
    ) -> None:
        page = counting
        page.route(SENT, lambda route: route.abort())
        type_code(page, "MUG")
        type_number(page, "20")
        page.evaluate(
            """() => {
              const name = Object.keys(localStorage).find((one) => one.includes("q-"));
              const item = JSON.parse(localStorage.getItem(name));
              item.at -= 3_600_000;
              localStorage.setItem(name, JSON.stringify(item));
            }"""
        )
        page.unroute(SENT)
        page.reload()
        expect(page.get_by_text("1 of 2 counted")).to_be_visible()
        made = StockCount.objects.get()
        stocktake = Stocktake.objects.get()
        # An hour ago it had not begun: the count is as early as it can be.
        assert made.counted_at == stocktake.started_at
        console_errors.clear()

    def test_what_is_refused_is_kept_and_says_why(self, counting: Page) -> None:
        type_code(counting, "NOPE")
        expect(counting.get_by_text("No product has the code “NOPE”.")).to_be_visible()
        type_number(counting, "3")
        expect(badge(counting)).to_have_text("1 not taken")
        make_product(sku="NOPE")
        counting.get_by_role("button", name="Try again").click()
        expect(badge(counting)).to_be_hidden()
        assert counted() == [("NOPE", 3)]

    def test_counting_that_has_ended_loses_nothing(
        self, counting: Page, stocktake: Stocktake, counted_mug: Product
    ) -> None:
        count(stocktake, counted_mug, 20)
        review(stocktake)
        type_code(counting, "MUG")
        type_number(counting, "3")
        expect(counting.get_by_text("has gone on meanwhile")).to_be_visible()
        expect(badge(counting)).to_have_text("1 not taken")

    def test_pause_waits_for_all_that_is_to_be_sent(
        self, counting: Page, stocktake: Stocktake
    ) -> None:
        page = counting

        def go_on(route: Route) -> None:
            type_code(page, "BOWL")
            page.keyboard.type("9", delay=HUMAN)
            page.get_by_role("link", name="Pause").click()
            route.continue_()

        page.route(SENT, go_on, times=1)
        type_code(page, "MUG")
        page.keyboard.type("7", delay=HUMAN)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(rf"/stock/counts/{stocktake.pk}$"))
        assert counted() == [("MUG", 7), ("BOWL", 9)]

    def test_signed_out_meanwhile_keeps_the_counts(
        self, counting: Page, console_errors: list[str]
    ) -> None:
        cookies = counting.context.cookies()
        counting.context.clear_cookies()
        self.count_two(counting)
        expect(counting.get_by_role("alert")).to_contain_text("You are signed out")
        expect(badge(counting)).to_have_text("2 waiting to be sent")
        counting.context.add_cookies(cookies)
        counting.reload()
        expect(badge(counting)).to_be_hidden()
        expect(counting.get_by_text("2 of 2 counted")).to_be_visible()
        assert counted() == [("MUG", 7), ("BOWL", 9)]
        console_errors.clear()
