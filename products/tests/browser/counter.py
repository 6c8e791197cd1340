"""Somebody who counts: the page, its parts, and typing at the pace of people."""

from playwright.sync_api import Locator, Page, expect

from products.models import StockCount

SENT = "**/stock/counts/*/counts"
HUMAN = 90  # milliseconds between two keys


def number(page: Page) -> Locator:
    return page.get_by_label("Counted", exact=True)


def field(page: Page) -> Locator:
    return page.get_by_label("SKU or barcode")


def badge(page: Page) -> Locator:
    return page.locator("[data-count-waiting]")


def type_code(page: Page, code: str) -> None:
    expect(field(page)).to_be_focused()
    page.keyboard.type(code, delay=HUMAN)
    page.keyboard.press("Enter")
    expect(number(page)).to_be_focused()


def type_number(page: Page, digits: str) -> None:
    page.keyboard.type(digits, delay=HUMAN)
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()


def counted() -> list[tuple[str, int]]:
    """Return the counts in the order they came in."""
    rows = StockCount.objects.filter(is_void=False).order_by("pk")
    return list(rows.values_list("line__sku", "quantity"))
