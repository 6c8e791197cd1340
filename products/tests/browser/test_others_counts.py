"""A phone that several people count with: nothing is counted in another's name."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect

from products.models import StockCount, Stocktake
from products.tests.browser.counter import SENT, badge, type_code, type_number

SignIn = Callable[[AbstractBaseUser], Page]
WAITS = re.compile(
    "One count by Ada Admin has not reached the shop.*never sent in your name"
)


@pytest.fixture
def colleague(clerk: AbstractBaseUser, counting: Page) -> AbstractBaseUser:
    """Ada has counted 7 mugs without a connection; then the clerk takes the phone."""
    counting.route(SENT, lambda route: route.abort())
    type_code(counting, "MUG")
    type_number(counting, "7")
    expect(badge(counting)).to_have_text("1 waiting to be sent")
    return clerk


@pytest.fixture(autouse=True)
def connection_is_lost(page: Page, console_errors: list[str]) -> Iterator[None]:
    yield
    console_errors.clear()  # the browser says so


def counted_by() -> list[tuple[int | None, int]]:
    rows = StockCount.objects.order_by("pk")
    return list(rows.values_list("counted_by", "quantity"))


def test_wait_for_who_counted(
    counting: Page,
    colleague: AbstractBaseUser,
    admin: AbstractBaseUser,
    sign_in: SignIn,
) -> None:
    page = sign_in(colleague)
    page.unroute(SENT)
    page.reload()
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(badge(page)).to_be_hidden()
    type_code(page, "BOWL")
    type_number(page, "9")
    expect(page.get_by_text("1 of 2 counted")).to_be_visible()
    sign_in(admin)
    page.reload()
    expect(page.get_by_text("2 of 2 counted")).to_be_visible()
    expect(page.get_by_text(WAITS)).to_be_hidden()
    assert counted_by() == [(colleague.pk, 9), (admin.pk, 7)]


def test_of_a_page_left_open_are_not_sent(
    counting: Page, colleague: AbstractBaseUser, sign_in: SignIn
) -> None:
    page = sign_in(colleague)  # in another tab
    page.unroute(SENT)
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("Somebody else has signed in")).to_be_visible()
    expect(badge(page)).to_have_text("1 waiting to be sent")
    assert not StockCount.objects.exists()


def test_of_another_count_are_told_when_signing_out_only(
    counting: Page, colleague: AbstractBaseUser, stocktake: Stocktake, sign_in: SignIn
) -> None:
    page = sign_in(colleague)
    page.evaluate(
        """() => {
          for (const [name, text] of Object.entries(localStorage)) {
            localStorage.removeItem(name);
            localStorage.setItem(name.replace(/^count-\\d+/, "count-99999"), text);
          }
        }"""
    )
    page.reload()
    expect(page.locator("[data-others-not-sent]")).to_be_hidden()
    page.goto(page.url.partition("/stock")[0] + "/logout")
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
