"""What is in a document stays in its tab until it is posted."""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Locator, Page, expect

from products.models import Product
from products.tests.browser.going import follow
from products.tests.browser.wedge import scan
from products.tests.factories import make_product, reload

Visit = Callable[[str], Page]


def rows(page: Page) -> Locator:
    return page.locator("[data-lines] tr")


def quantity(page: Page, product: Product) -> Locator:
    return page.get_by_label(f"Quantity of {product.name}")


def said(page: Page) -> Locator:
    return page.locator("[data-said]")


def test_unknown_code_leads_to_a_new_product_and_back(visit: Visit) -> None:
    mug = make_product(name="Mug", barcode="MUG-001")
    page = visit("/stock/receive")
    scan(page, mug.barcode)
    expect(rows(page)).to_have_count(1)
    scan(page, "4006381333931")
    expect(said(page)).to_contain_text("No product matches “4006381333931”.")
    said(page).get_by_role("link", name="Add product").click()
    expect(page.get_by_label("Barcode")).to_have_value("4006381333931")
    page.goto(page.url.partition("/add_product")[0] + "/stock/receive")
    expect(said(page)).to_have_text("Your lines are still here.")
    expect(quantity(page, mug)).to_have_value("1")


def test_back_from_the_camera_with_all_lines_and_one_more(visit: Visit) -> None:
    mug = make_product(name="Mug", barcode="MUG-001")
    cup = make_product(name="Cup", barcode="CUP-001")
    page = visit("/stock/receive")
    page.get_by_label("Delivery note").fill("LS-1")
    page.locator("[data-scan-field]").focus()
    scan(page, mug.barcode)
    quantity(page, mug).fill("24")
    follow(page.get_by_role("link", name="Camera"))
    page.get_by_label("Code", exact=True).fill(cup.barcode)
    page.keyboard.press("Enter")
    expect(quantity(page, cup)).to_have_value("1")
    expect(quantity(page, mug)).to_have_value("24")
    expect(page.get_by_label("Delivery note")).to_have_value("LS-1")
    page.reload()
    expect(quantity(page, cup)).to_have_value("1")  # not once more


def test_what_is_posted_is_not_kept(visit: Visit) -> None:
    mug = make_product(name="Mug", barcode="MUG-001")
    page = visit(f"/stock/receive?product={mug.pk}")
    page.get_by_role("button", name="Post 1 unit").dblclick()
    expect(page.get_by_text("1 unit of 1 product received.")).to_be_visible()
    expect(rows(page)).to_have_count(0)
    page.goto(page.url.partition("?")[0])
    expect(rows(page)).to_have_count(0)
    assert reload(mug).on_hand == 1


def test_loading_again_adds_nothing(visit: Visit) -> None:
    mug = make_product(name="Mug")
    page = visit(f"/stock/receive?product={mug.pk}")
    expect(quantity(page, mug)).to_have_value("1")
    page.reload()
    expect(said(page)).to_have_text("Your lines are still here.")
    expect(quantity(page, mug)).to_have_value("1")


def test_started_again_by_mistake(visit: Visit) -> None:
    mug = make_product(name="Mug")
    page = visit(f"/stock/receive?product={mug.pk}")
    quantity(page, mug).fill("24")
    page.get_by_role("link", name="Start again").click()
    expect(said(page)).to_have_text("The document is empty.")
    expect(rows(page)).to_have_count(0)
    page.get_by_role("button", name="Bring the lines back").click()
    expect(quantity(page, mug)).to_have_value("24")


def test_lines_stay_with_their_person(
    visit: Visit, clerk: AbstractBaseUser, sign_in: Callable
) -> None:
    mug = make_product(name="Mug")
    page = visit(f"/stock/receive?product={mug.pk}")
    expect(rows(page)).to_have_count(1)
    sign_in(clerk)
    page.goto(page.url.partition("?")[0])
    expect(rows(page)).to_have_count(0)
