"""Dialogs over the dashboard and over a product's page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from products.models import Product
from products.tests.factories import adjust, make_location, make_product, reload

Visit = Callable[[str], Page]


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", stock=5)


def open_adjust(page: Page) -> Locator:
    page.get_by_role("link", name="Adjust stock").first.click()
    dialog = page.get_by_role("dialog", name="Adjust stock")
    expect(dialog).to_be_visible()
    return dialog


def fill_in(dialog: Locator, *, mode: str, quantity: str, reason: str) -> None:
    dialog.get_by_text(mode, exact=True).click()
    dialog.get_by_label("Quantity").fill(quantity)
    dialog.get_by_label("Reason").select_option(reason)


def send(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Adjust stock").click()


def test_list_and_figures_follow_the_adjustment(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard?q=mug")
    dialog = open_adjust(page)
    fill_in(dialog, mode="Take away", quantity="5", reason="Sold")
    send(dialog)
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("row", name="Blue mug").get_by_text("Out")).to_be_visible()
    expect(page.get_by_role("link", name="Out 1")).to_be_visible()
    expect(page.get_by_label("Adjust stock of Blue mug")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/dashboard\?q=mug$"))


def test_undo_from_the_message_keeps_the_list(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard?q=mug")
    dialog = open_adjust(page)
    fill_in(dialog, mode="New count", quantity="4", reason="Correction")
    send(dialog)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: ")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/dashboard\?q=mug$"))
    assert reload(mug).on_hand == 5


def test_page_of_the_product_is_loaded_anew(mug: Product, visit: Visit) -> None:
    page = visit(f"/products/{mug.pk}")
    dialog = open_adjust(page)
    fill_in(dialog, mode="Add", quantity="3", reason="Found")
    send(dialog)
    expect(page.get_by_text("adjusted by +3: 8 on hand")).to_be_visible()
    expect(page.locator(".move").first).to_contain_text("Found")


def test_taking_more_than_there_is_keeps_what_was_typed(
    mug: Product, visit: Visit
) -> None:
    page = visit("/dashboard")
    dialog = open_adjust(page)
    fill_in(dialog, mode="Take away", quantity="6", reason="Sold")
    dialog.get_by_label("Note").fill("Order 1042")
    send(dialog)
    expect(dialog.get_by_role("alert")).to_contain_text("Only 5 are available")
    expect(dialog.get_by_role("alert")).to_be_focused()
    expect(dialog.get_by_label("Quantity")).to_have_value("6")
    expect(dialog.get_by_label("Note")).to_have_value("Order 1042")
    expect(dialog.get_by_label("Take away")).to_be_checked()
    dialog.get_by_label("Quantity").fill("5")
    send(dialog)
    expect(page.get_by_text("adjusted by −5: 0 on hand")).to_be_visible()


def test_says_what_will_be_on_hand(mug: Product, visit: Visit) -> None:
    make_location(name="Back room")
    dialog = open_adjust(visit("/dashboard"))
    fill_in(dialog, mode="Take away", quantity="2", reason="Sold")
    expect(dialog.get_by_text("5 on hand now, 3 after this.")).to_be_visible()
    dialog.get_by_label("Where").select_option("Back room (0 on hand)")
    expect(dialog.get_by_text("0 on hand now, −2 after this.")).to_be_visible()
    dialog.get_by_text("New count", exact=True).click()
    expect(dialog.get_by_text("0 on hand now, 2 after this.")).to_be_visible()


def test_cancel_and_the_cross_close_and_change_nothing(
    mug: Product, visit: Visit
) -> None:
    page = visit("/dashboard")
    for name, role in (("Cancel", "link"), ("Close", "button")):
        dialog = open_adjust(page)
        fill_in(dialog, mode="Add", quantity="3", reason="Found")
        dialog.get_by_role(role, name=name).click()
        expect(dialog).to_be_hidden()
    assert reload(mug).on_hand == 5


def test_archive_instead_of_deleting(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    page.get_by_label("More for Blue mug").click()
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Archive instead").click()
    expect(page.get_by_text("Product “Blue mug” archived.")).to_be_visible()
    expect(page.get_by_text("Every product is archived")).to_be_visible()
    assert reload(mug).status == Product.Status.ARCHIVED


def test_deleting_on_the_page_of_the_product_leaves_it(
    mug: Product, visit: Visit
) -> None:
    page = visit(f"/products/{mug.pk}")
    page.get_by_label("More for this product").click()
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete product").click()
    expect(page.get_by_text("Product “Blue mug” deleted.")).to_be_visible()
    expect(page).to_have_url(re.compile("/dashboard$"))


def test_product_that_somebody_else_deleted(
    mug: Product, visit: Visit, console_errors: list[str]
) -> None:
    page = visit("/dashboard")
    mug.delete()
    page.get_by_label("Adjust stock of Blue mug").click()
    expect(page.get_by_text("There is nothing at this address")).to_be_visible()
    console_errors.clear()  # Chromium says that the page is a 404


def test_link_opens_as_a_page_in_another_tab(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    opener = page.get_by_label("Adjust stock of Blue mug")
    with page.context.expect_page() as opened:
        opener.click(modifiers=["ControlOrMeta"])
    expect(opened.value.get_by_role("heading", name="Adjust stock")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_signed_out_meanwhile(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    page.context.clear_cookies()
    page.get_by_label("Adjust stock of Blue mug").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_shop_does_not_answer(
    mug: Product, visit: Visit, console_errors: list[str]
) -> None:
    page = visit("/dashboard")
    dialog = open_adjust(page)
    adjust(mug, -1)
    fill_in(dialog, mode="Add", quantity="3", reason="Found")
    page.route("**/adjust", lambda route: route.abort())
    send(dialog)
    expect(page.locator("#flash")).to_contain_text("The shop did not answer")
    assert reload(mug).on_hand == 4
    console_errors.clear()  # Chromium says that the request failed
