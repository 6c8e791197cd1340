"""Posting a document while a scan is still on its way to the server and back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from products.models import StockMovement
from products.tests.factories import make_product, reload

Visit = Callable[[str], Page]
ANSWERS = "**/stock/lines*"


@pytest.fixture
def page_with_a_scan_under_way(
    visit: Visit,
) -> Iterator[tuple[Page, Callable[[], None]]]:
    """A delivery with one line, and what lets the second one's answer through."""
    page = visit("/stock/receive")
    field = page.locator("[data-scan-field]")
    field.fill(make_product(name="Mug").sku)
    page.keyboard.press("Enter")
    expect(page.locator("[data-lines] tr")).to_have_count(1)
    held: list[Route] = []
    page.route(ANSWERS, lambda route: held.append(route))  # noqa: PLW0108  (a method can't be one)
    with page.expect_request(ANSWERS):
        field.fill("CUP")
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Post 1 unit").click()
    expect(page.locator("form[data-document]")).to_have_attribute("aria-busy", "true")
    yield page, held[0].continue_
    page.unroute(ANSWERS)


def test_waits_for_the_line(
    page_with_a_scan_under_way: tuple[Page, Callable[[], None]],
) -> None:
    cup = make_product(sku="CUP", name="Cup")
    page, let_through = page_with_a_scan_under_way
    let_through()
    expect(page.get_by_text("2 units of 2 products received")).to_be_visible()
    assert reload(cup).on_hand == 1


def test_posts_nothing_when_the_code_is_unknown(
    page_with_a_scan_under_way: tuple[Page, Callable[[], None]],
) -> None:
    page, let_through = page_with_a_scan_under_way
    let_through()
    expect(page.locator("[data-said]")).to_contain_text("CUP")
    expect(page.get_by_role("button", name="Post 1 unit")).to_be_visible()
    expect(page.locator("form[data-document]")).not_to_have_attribute(
        "aria-busy", "true"
    )
    assert not StockMovement.objects.exists()
