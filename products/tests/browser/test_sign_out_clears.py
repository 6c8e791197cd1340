"""Signing out leaves nothing of a person in the browser, and says what is not sent."""

import re
from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect

from products.tests.browser.counter import SENT, badge, counted, type_code, type_number
from products.tests.browser.wedge import scan
from products.tests.factories import make_product

Visit = Callable[[str], Page]
HEARD = """new Promise((done) => {
  const look = () => { if (sessionStorage.getItem("signed-out")) done(); };
  addEventListener("storage", look);
  look();
})"""
KEPT = "Object.keys(localStorage).concat(Object.keys(sessionStorage))"


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").first.click()


def is_out(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.wait_for_load_state()  # the scripts have run


def begin_receipt(page: Page, code: str) -> None:
    expect(page.locator("[data-scan-field]")).to_be_visible()
    scan(page, code)
    expect(page.locator("[data-lines] tr")).to_have_count(1)


def count_one_that_stays(page: Page) -> None:
    page.route(SENT, lambda route: route.abort())
    type_code(page, "MUG")
    type_number(page, "7")
    expect(badge(page)).to_have_text("1 waiting to be sent")


class TestDrafts:
    def test_are_gone(
        self,
        visit: Visit,
        sign_in: Callable[[AbstractBaseUser], Page],
        admin: AbstractBaseUser,
    ) -> None:
        code = make_product(barcode="MUG-001").barcode
        page = visit("/stock/receive")
        begin_receipt(page, code)
        sign_out(page)
        is_out(page)
        assert page.evaluate(KEPT) == []
        sign_in(admin)
        page = visit("/stock/receive")
        expect(page.get_by_text("Your lines are still here.")).to_have_count(0)
        expect(page.locator("[data-lines] tr")).to_have_count(0)

    def test_of_another_tab_too(
        self,
        visit: Visit,
        sign_in: Callable[[AbstractBaseUser], Page],
        admin: AbstractBaseUser,
    ) -> None:
        code = make_product(barcode="MUG-001").barcode
        page = visit("/stock/receive")
        other = page.context.new_page()
        other.goto(page.url)
        begin_receipt(other, code)
        sign_out(page)
        is_out(page)
        other.evaluate(HEARD)
        sign_in(admin)
        other.reload()
        expect(other.locator("[data-scan-field]")).to_be_visible()
        expect(other.locator("[data-lines] tr")).to_have_count(0)
        assert other.evaluate(KEPT) == []

    def test_are_kept_where_a_session_was_lost(
        self,
        visit: Visit,
        sign_in: Callable[[AbstractBaseUser], Page],
        admin: AbstractBaseUser,
    ) -> None:
        code = make_product(barcode="MUG-001").barcode
        page = visit("/stock/receive")
        begin_receipt(page, code)
        page.context.clear_cookies()
        page.reload()
        is_out(page)
        sign_in(admin)
        page = visit("/stock/receive")
        expect(page.get_by_text("Your lines are still here.")).to_be_visible()


class TestCounts:
    def test_not_sent_are_told_and_sent_first(
        self, counting: Page, visit: Visit, console_errors: list[str]
    ) -> None:
        page = counting
        count_one_that_stays(page)
        visit("/account/profile")
        sign_out(page)
        expect(page.get_by_role("alert")).to_contain_text(
            "One count has not reached the shop."
        )
        page.unroute(SENT)
        page.get_by_role("link", name="Send them now").click()
        expect(page.get_by_text("1 of 2 counted")).to_be_visible()
        expect(badge(page)).to_be_hidden()
        sign_out(page)
        is_out(page)
        assert counted() == [("MUG", 7)]
        assert page.evaluate(KEPT) == []
        console_errors.clear()

    def test_not_sent_are_thrown_away_by_who_says_so(
        self, counting: Page, console_errors: list[str]
    ) -> None:
        page = counting
        count_one_that_stays(page)
        sign_out(page)
        page.get_by_role("button", name="Sign out and throw them away").click()
        is_out(page)
        assert page.evaluate(KEPT) == []
        assert counted() == []
        console_errors.clear()

    def test_of_somebody_else_are_told_and_not_thrown_away(self, visit: Visit) -> None:
        page = visit("/account/profile")
        page.evaluate("localStorage.setItem('count-1-99999-q-a', '{}')")
        sign_out(page)
        expect(page).to_have_url(re.compile("/logout$"))
        expect(page.get_by_role("status")).to_contain_text(
            "One count by somebody else has not reached the shop."
        )
        page.get_by_role("button", name="Sign out", exact=True).click()
        is_out(page)
        assert page.evaluate(KEPT) == ["count-1-99999-q-a"]

    def test_stay_where_the_admin_signs_out_unasked(
        self, counting: Page, visit: Visit, console_errors: list[str]
    ) -> None:
        count_one_that_stays(counting)
        page = visit("/admin/")
        page.get_by_role("button", name="Log out").click()
        page.wait_for_load_state()
        page = visit("/login")
        is_out(page)
        kept = page.evaluate(KEPT)
        assert [name for name in kept if "-q-" in name]
        console_errors.clear()
