"""The same shop with JavaScript switched off."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from products.models import Product
from products.tests.factories import make_product, reload
from products.tests.pictures import image_bytes

Visit = Callable[[str], Page]

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", sku="MUG", stock=5)


def test_sign_in_and_out(
    page: Page, live_server: LiveServer, admin: AbstractBaseUser
) -> None:
    page.goto(f"{live_server.url}/dashboard")
    page.get_by_label("E-mail").fill(admin.email)
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Nothing on the shelves yet")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_search_and_filter(mug: Product, visit: Visit) -> None:
    make_product(name="Red mug")
    make_product(name="Teapot", stock=1)
    page = visit("/dashboard")
    page.get_by_role("searchbox").fill("mug")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("tbody .item-name")).to_have_count(2)
    page.get_by_role("combobox", name="Stock", exact=True).select_option("In stock")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody .item-name")).to_have_text(["Blue mug"])
    expect(page.get_by_role("searchbox")).to_have_value("mug")


def test_add(visit: Visit) -> None:
    page = visit("/add_product")
    page.get_by_label("Name").fill("Blue mug")
    page.get_by_label("SKU").fill("MUG")
    page.get_by_label("On hand").fill("5")
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": image_bytes()}
    page.get_by_role("button", name="Picture").set_input_files(files=[picture])
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_text("“Blue mug” added successfully")).to_be_visible()
    product = Product.objects.get(sku="MUG")
    assert product.on_hand == 5
    assert product.image


def test_edit_with_an_error_first(mug: Product, visit: Visit) -> None:
    page = visit(f"/edit_product/{mug.pk}")
    page.get_by_label("On hand").fill("4")
    page.get_by_label("Price").fill("a lot")
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_text("2 things need you")).to_be_visible()
    page.get_by_label("Reason for the difference").select_option("Damaged")
    page.get_by_label("Price").fill("4.50")
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_text("“Blue mug” saved")).to_be_visible()
    assert reload(mug).on_hand == 4


def test_adjust_with_an_error_first(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    page.get_by_label("Adjust stock of Blue mug").click()
    page.get_by_text("Take away").click()
    page.get_by_label("Quantity").fill("6")
    page.get_by_label("Reason").select_option("Sold")
    page.get_by_role("button", name="Adjust stock").click()
    expect(page.get_by_role("alert")).to_contain_text("Only 5 are available")
    page.get_by_label("Quantity").fill("5")
    page.get_by_role("button", name="Adjust stock").click()
    expect(page.get_by_text("adjusted by −5: 0 on hand")).to_be_visible()


def test_delete_and_undo(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    page.get_by_label("More for Blue mug").click()
    page.get_by_role("link", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", name="Delete “Blue mug”?")).to_be_visible()
    page.get_by_role("button", name="Delete product").click()
    expect(page.get_by_text("“Blue mug” deleted.")).to_be_visible()
    assert not Product.objects.exists()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone")).to_be_visible()
    assert reload(mug).on_hand == 5


def test_archive_instead(mug: Product, visit: Visit) -> None:
    page = visit(f"/delete_product/{mug.pk}")
    page.get_by_role("button", name="Archive instead").click()
    expect(page.get_by_text("“Blue mug” archived.")).to_be_visible()


def test_sheet_behind_more_on_a_phone(visit: Visit) -> None:
    page = visit("/dashboard")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Your profile", exact=True).click()
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()


def test_double_click_on_save_adds_one(visit: Visit) -> None:
    page = visit("/add_product")
    page.get_by_label("Name").fill("Blue mug")
    page.get_by_label("SKU").fill("MUG")
    page.get_by_role("button", name="Save product").dblclick()
    expect(page.get_by_text("“Blue mug” added successfully").first).to_be_visible()
    assert Product.objects.get().name == "Blue mug"


def test_typed_code(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    page.get_by_role("link", name="Scan a code").click()
    expect(page.get_by_text("A typed code works without.")).to_be_visible()
    expect(page.get_by_label("Photo of the code")).to_be_hidden()
    page.get_by_label("Code", exact=True).fill("mug")
    page.get_by_role("button", name="Find product").click()
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()


def test_several_at_once(mug: Product, visit: Visit) -> None:
    cup = make_product(name="Red cup", stock=2)
    page = visit("/dashboard")
    page.get_by_label("Select Blue mug").check()
    page.get_by_label("Select Red cup").check()
    page.get_by_role("button", name="Adjust", exact=True).click()
    page.get_by_text("New count").click()
    page.get_by_label("Of each product").fill("9")
    page.get_by_label("Reason").select_option("correction")
    page.get_by_role("button", name="Show what happens").click()
    assert reload(mug).on_hand == 5
    page.get_by_role("button", name="Adjust 2 products").click()
    expect(page.get_by_text("Adjusted 2 products.")).to_be_visible()
    assert {reload(each).on_hand for each in (mug, cup)} == {9}


def test_dark_and_compact(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard?q=mug")
    root = page.locator("html")
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(root).to_have_attribute("data-bs-theme", "dark")
    expect(page).to_have_url(re.compile(r"/dashboard\?q=mug$"))
    page.get_by_role("button", name="Compact rows").click()
    expect(root).to_have_attribute("data-density", "compact")
    expect(root).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name="Compact rows", pressed=True).click()
    expect(root).not_to_have_attribute("data-density", "compact")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(root).to_have_attribute("data-bs-theme", "light")


def test_no_switch_leaves_a_document(visit: Visit) -> None:
    page = visit("/stock/receive")
    expect(page.get_by_role("button", name="Add line")).to_be_visible()
    expect(page.get_by_role("button", name="Compact rows")).to_be_hidden()
