"""A delivery and a sale at the counter: scanner and keyboard, no mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from products.models import Operation, Product
from products.services.reservations import Wanted, hold_stock
from products.tests.browser.keys import press_on, type_into
from products.tests.browser.wedge import scan
from products.tests.factories import by, make_location, make_product, receive, reload

Visit = Callable[[str], Page]


def rows(page: Page) -> Locator:
    return page.locator("[data-lines] tr")


def quantity(page: Page, product: Product) -> Locator:
    return page.get_by_label(f"Quantity of {product.name}")


def said(page: Page) -> Locator:
    return page.locator("[data-said]")


def back_to(target: Locator) -> None:
    """Press Shift and Tab until `target` has the focus."""
    for _stop in range(5):
        target.page.keyboard.press("Shift+Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Shift and Tab don't lead back to {target}")


def test_ten_lines_with_the_keyboard_only(visit: Visit) -> None:
    shelf = [
        make_product(name=f"Mug {letter}", barcode=f"MUG-00{number}")
        for number, letter in enumerate("ABCDEFGHIJ")
    ]
    page = visit("/stock/receive")
    expect(page.locator("[data-scan-field]")).to_be_focused()
    for number, product in enumerate(shelf[:8], 1):
        scan(page, product.barcode)
        expect(rows(page)).to_have_count(number)
    page.keyboard.type("mug i")  # a part of the name, typed
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(9)
    page.keyboard.type(shelf[9].sku)
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(10)
    scan(page, shelf[0].barcode)  # again = one more
    expect(said(page)).to_have_text("“Mug A” is now 2.")
    type_into(quantity(page, shelf[9]), "217")
    page.keyboard.press("Enter")  # leads back, posts nothing
    expect(page.locator("[data-scan-field]")).to_be_focused()
    expect(page.locator("[data-total=units]")).to_have_text("227")
    back_to(page.get_by_label("Delivery note"))
    page.keyboard.type("Delivery note 4711")
    press_on(page.get_by_role("button", name="Post 227 units"))
    expect(page.get_by_role("status").first).to_contain_text(
        "“Delivery note 4711”: 227 units of 10 products received."
    )
    expect(rows(page)).to_have_count(0)
    assert [reload(product).on_hand for product in shelf] == [2, *[1] * 8, 217]
    assert Operation.objects.filter(kind="stock_received").count() == 1


def test_scans_faster_than_the_server_answers_all_count(visit: Visit) -> None:
    mug = make_product(name="Mug", barcode="MUG-001")
    cup = make_product(name="Cup", barcode="CUP-001")
    page = visit("/stock/receive")
    for _scan in range(3):
        scan(page, mug.barcode)
        scan(page, cup.barcode)
    expect(quantity(page, mug)).to_have_value("3")
    expect(quantity(page, cup)).to_have_value("3")
    expect(rows(page)).to_have_count(2)


def test_a_scan_into_a_quantity_is_a_scan(visit: Visit) -> None:
    mug = make_product(name="Mug", barcode="4006381333931")
    page = visit(f"/stock/receive?product={mug.pk}")
    quantity(page, mug).fill("12")
    quantity(page, mug).focus()
    scan(page, "4006381333931")
    expect(said(page)).to_have_text("“Mug” is now 13.")


def test_found_and_sold(visit: Visit) -> None:
    mug = make_product(name="Mug", barcode="MUG-001", stock=1)
    page = visit("/stock/sell")
    for number in (1, 2):
        scan(page, mug.barcode)
        expect(said(page)).to_have_text(f"“Mug” is now {number}.")
    press_on(page.get_by_role("button", name="Post 2 units"))
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("1 short: the book has 1.")
    press_on(page.get_by_label("It is here: book 1 found"), "Space")
    press_on(page.get_by_role("button", name="Post 2 units"))
    expect(page.get_by_text("2 units of 1 product sold.")).to_be_visible()
    kinds = mug.movements.order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["opening", "found", "sold"]


def test_choosing_one_of_several(visit: Visit) -> None:
    for letter in "AB":
        make_product(name=f"Mug {letter}", sku=f"M-{letter}", stock=3)
    page = visit("/stock/sell")
    page.keyboard.type("mug")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Mug A M-A")).to_be_focused()
    press_on(page.get_by_role("button", name="Mug B M-B"))
    expect(said(page)).to_have_text("“Mug B” is now 1.")
    expect(page.locator("[data-scan-field]")).to_be_focused()


def test_another_place_has_other_stock(visit: Visit) -> None:
    back, mug = make_location(), make_product(name="Mug", stock=5)
    receive(mug, 77, location=back)
    page = visit(f"/stock/sell?product={mug.pk}")
    available = rows(page).locator(".l-exp")
    expect(available).to_have_text("5 available")
    page.get_by_label("From").select_option("Back room")
    expect(available).to_have_text("77 available")


def test_a_server_that_does_not_answer(visit: Visit, console_errors: list[str]) -> None:
    make_product(name="Mug", barcode="MUG-001")
    page = visit("/stock/receive")
    page.route("**/stock/lines?*", lambda route: route.abort())
    scan(page, "MUG-001")
    expect(said(page)).to_contain_text("“MUG-001” was not added: try again.")
    expect(page.locator("[data-scan-field]")).to_have_value("MUG-001")
    page.unroute_all()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    console_errors.clear()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts(visit: Visit) -> None:
    mug = make_product(name="Mug", sku="MUG", stock=1)
    make_product(name="Cup", sku="CUP", stock=5)
    page = visit("/stock/sell")
    for number in (1, 2):
        page.locator("[data-scan-field]").fill("mug")
        page.keyboard.press("Enter")
        expect(said(page)).to_have_text(f"“Mug” is now {number}.")
    page.get_by_text("Paste lines").click()
    page.get_by_label("Lines of SKU and quantity").fill("CUP 3\nMUG many")
    page.get_by_role("button", name="Add these lines").click()
    expect(page.get_by_text("Line 2: Write a whole number")).to_be_visible()
    page.get_by_label("Lines of SKU and quantity").fill("CUP 3")
    page.get_by_role("button", name="Add these lines").click()
    expect(rows(page)).to_have_count(2)
    page.get_by_role("button", name="Post 5 units").click()
    expect(page.get_by_role("alert")).to_contain_text("1 short: the book has 1.")
    page.get_by_label("It is here: book 1 found").check()
    page.get_by_role("button", name="Post 5 units").click()
    expect(page.get_by_text("5 units of 2 products sold.")).to_be_visible()
    assert reload(mug).on_hand == 0


def test_what_is_held_is_let_go_in_the_dialog(visit: Visit) -> None:
    mug = make_product(name="Mug", stock=3)
    hold_stock(wanted=[Wanted(mug.pk, 2)], circumstances=by(reference="Order 17"))
    page = visit(f"/products/{mug.pk}")
    page.get_by_role("link", name="Adjust stock").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Take away").click()
    dialog.get_by_label("Quantity").fill("2")
    dialog.get_by_label("Reason").select_option("Damaged")
    dialog.get_by_role("button", name="Adjust stock").click()
    dialog.get_by_label("2 for Order 17").check()
    dialog.get_by_role("button", name="Adjust stock").click()
    expect(page.get_by_text("adjusted by −2: 1 on hand")).to_be_visible()
    assert reload(mug).reserved == 0
