"""Compact rows: remembered, written by the server, and never on a phone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from inventory_site.tests.browser.test_page_matrix import BY_NAME
from products.tests.factories import make_product

Visit = Callable[[str], Page]

ROW = "document.querySelector('tbody tr').getBoundingClientRect().height"
SMALLEST = """
Math.min(...[...document.querySelectorAll("tbody tr :is(a, label, summary)")]
  .flatMap((one) => [one.offsetWidth, one.offsetHeight])
  .filter((length) => length))
"""
COMPACT = 40  # pixels of a row at most; LOOK's 36 and its line
TARGET = 24
# One of each kind of head.
LISTS = (
    "products:stocktake_list",
    "products:stocktake_review",
    "products:transfer_list",
    "products:transfer_receive",
    "products:hold_list",
    "products:operation_detail",
    "accounts:people_list",
)


@pytest.fixture(autouse=True)
def product(transactional_db: None) -> None:
    make_product(name="Stoneware mug with a handle and a name of two lines " * 3)


def switch(page: Page) -> None:
    page.get_by_role("button", name="Compact rows").click()


def test_rows_get_low_and_stay_so(visit: Visit) -> None:
    page = visit("/dashboard")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method))
    button = page.get_by_role("button", name="Compact rows")
    expect(button).to_have_attribute("aria-pressed", "false")
    comfortable = page.evaluate(ROW)
    switch(page)
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(ROW) <= COMPACT < comfortable
    assert page.evaluate(SMALLEST) >= TARGET
    answer = page.reload()
    assert answer is not None
    assert 'data-density="compact"' in answer.text()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(ROW) <= COMPACT
    assert "POST" not in sent  # which is for those without scripts


def test_every_list_knows_it_and_takes_it_back(visit: Visit) -> None:
    page = visit("/stock/movements")
    switch(page)
    page = visit("/stock/operations")
    expect(page.locator("html")).to_have_attribute("data-density", "compact")
    switch(page)
    answer = page.reload()
    assert answer is not None
    assert "data-density=" not in answer.text()


@pytest.mark.parametrize("name", LISTS)
def test_rows_of_each_list_get_lower(
    name: str, live_server: LiveServer, signed_in: Page
) -> None:
    row = BY_NAME[name]
    signed_in.goto(live_server.url + reverse(name, kwargs=dict(row.given())))
    comfortable = signed_in.evaluate(ROW)
    signed_in.get_by_role("button", name="Compact rows").first.click()
    assert signed_in.evaluate(ROW) < comfortable
    signed_in.reload()
    assert signed_in.evaluate(ROW) < comfortable


def test_a_phone_is_comfortable(visit: Visit) -> None:
    page = visit("/dashboard")
    switch(page)
    page.set_viewport_size({"width": 390, "height": 800})
    low = page.evaluate(ROW)
    page.evaluate("delete document.documentElement.dataset.density")
    assert page.evaluate(ROW) == low
    expect(page.get_by_role("button", name="Compact rows")).to_be_hidden()
