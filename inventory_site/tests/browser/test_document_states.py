"""Deliveries, sales and adjustments when something is wrong with them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from inventory_site.tests.browser.extremes import UNBROKEN
from inventory_site.tests.browser.looks import TWO_LOOKS
from products.models import Product
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location, make_product

Visit = Callable[[str], Page]
Stands = Callable[..., None]


def long_product(**fields: object) -> Product:
    return make_product(name=f"Mug {UNBROKEN}", sku=UNBROKEN[:80], **fields)


def hold(product: Product, quantity: int) -> None:
    circumstances = by(reference=UNBROKEN[:100])
    hold_stock(wanted=[Wanted(product.pk, quantity)], circumstances=circumstances)


def test_a_sale_with_short_and_held_lines(visit: Visit, assert_stands: Stands) -> None:
    make_location()
    mug, cup = long_product(stock=1_234_567), make_product(sku="CUP", stock=5)
    hold(cup, 4)
    page = visit(f"/stock/sell?product={mug.pk}")
    page.locator("[data-scan-field]").fill("CUP")
    page.keyboard.press("Enter")
    page.get_by_label(f"Quantity of {cup.name}").fill("3")
    page.get_by_label(f"Quantity of {mug.name}").fill("999999999")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_text("They are here")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_a_delivery_with_wrong_lines_and_a_faulty_list(
    visit: Visit, assert_stands: Stands
) -> None:
    mug = long_product()
    page = visit(f"/stock/receive?product={mug.pk}")
    page.get_by_label("Quantity of").fill("many")
    page.get_by_label("Unit cost of").fill("a lot")
    page.get_by_text("Paste lines").click()
    page.get_by_label("Lines of SKU and quantity").fill(f"No{UNBROKEN} 3")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_text("Nothing was posted yet")).to_be_visible()
    assert_stands(page, TWO_LOOKS)
    page.get_by_role("button", name="Add these lines").click()
    expect(page.get_by_text("Line 1:")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_a_choice_of_products(visit: Visit, assert_stands: Stands) -> None:
    for number in range(9):
        make_product(name=f"Mug {number} {UNBROKEN}")
    page = visit("/stock/receive")
    page.locator("[data-scan-field]").fill("mug")
    page.keyboard.press("Enter")
    expect(page.get_by_text("More than 8 products match")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_holds_in_the_way_of_an_adjustment(visit: Visit, assert_stands: Stands) -> None:
    mug = long_product(stock=5)
    for _hold in range(2):
        hold(mug, 2)
    page = visit(f"/products/{mug.pk}/adjust")
    page.get_by_text("Take away").click()
    page.get_by_label("Quantity").fill("4")
    page.get_by_label("Reason").select_option("Damaged")
    page.get_by_role("button", name="Adjust stock").click()
    expect(page.get_by_text("Some are held").first).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_another_value_for_stock_at_two_places(
    visit: Visit, assert_stands: Stands
) -> None:
    mug = long_product(stock=5, cost=123_456)
    page = visit(f"/products/{mug.pk}/cost")
    page.get_by_label("New value of one unit").fill("99999.123456")
    expect(page.get_by_text("each,")).to_be_visible()
    assert_stands(page, TWO_LOOKS)
