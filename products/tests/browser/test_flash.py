"""What just happened is said once, aloud, and can be put away."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from products.services.deleting import delete_product
from products.tests.factories import by, make_product

Visit = Callable[[str], Page]


def archive(page: Page, name: str) -> None:
    page.get_by_label(f"More for {name}").click()
    page.get_by_role("link", name="Archive", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Archive product").click()


def test_success_is_a_status_in_a_live_region(visit: Visit) -> None:
    product = make_product()
    page = visit("/dashboard")
    archive(page, product.name)
    message = page.locator("#flash").get_by_role("status")
    expect(message).to_contain_text(f"“{product.name}” archived.")
    expect(page.locator("#flash")).to_have_attribute("aria-live", "polite")


def test_dismissed_and_not_said_again(visit: Visit) -> None:
    product = make_product()
    page = visit("/dashboard")
    archive(page, product.name)
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator("#flash .alert")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#flash .alert")).to_have_count(0)


def test_failure_is_an_alert(visit: Visit) -> None:
    product = make_product(sku="MUG")
    delete_product(product_id=product.pk, circumstances=by())
    make_product(sku="MUG")
    page = visit("/products/deleted")
    page.get_by_role("button", name="Undo the deletion").click()
    expect(page.locator("#flash").get_by_role("alert")).to_be_visible()


def test_undo_can_be_undone(visit: Visit) -> None:
    product = make_product()
    page = visit("/dashboard")
    archive(page, product.name)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: ")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Every product is archived")).to_be_visible()
