"""Everything a day brings, without a mouse, as it is and zoomed in to 200 %.

A count from its first code to its differences stands in test_counting.py.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from products.models import Product
from products.tests.browser.keys import press_on, stops, tab_to, type_into
from products.tests.factories import make_product, reload
from products.tests.pictures import image_bytes

pytestmark = pytest.mark.usefixtures("zoom")

Visit = Callable[[str], Page]
FIELDS = [
    "Name",
    "Category",
    "Brand",
    "Description",
    "Picture",
    "Tags",
    "SKU",
    "Barcode",
    "Price",
    "Cost",
    "On hand",
    "Reorder at",
    "Order quantity",
    "Supplier",
    "Weight in grams",
]


def open_adjusting(page: Page, product: Product, zoom: int) -> Locator:
    """Return what leads to the dialog; zoomed in it is behind the row's menu."""
    if zoom > 100:
        menu = page.get_by_label(f"More for {product.name}")
        press_on(menu)
        press_on(page.get_by_role("link", name="Adjust stock", exact=True))
        return menu
    opener = page.get_by_role("link", name=f"Adjust stock of {product.name}")
    press_on(opener)
    return opener


def test_sign_in_and_skip_to_the_content(
    page: Page, live_server: LiveServer, admin: AbstractBaseUser
) -> None:
    page.goto(f"{live_server.url}/dashboard")
    page.keyboard.type(admin.email)
    type_into(page.get_by_label("Password"), "a long password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing on the shelves")).to_be_visible()
    press_on(page.get_by_role("link", name="Skip to content"))
    expect(page.locator("main")).to_be_focused()


def test_add_with_a_picture(visit: Visit, tmp_path: Path) -> None:
    picture = tmp_path / "mug.png"
    picture.write_bytes(image_bytes())
    page = visit("/dashboard")
    press_on(page.get_by_role("link", name="Add a product"))
    type_into(page.get_by_label("Name"), "Blue mug")
    with page.expect_file_chooser() as chosen:
        press_on(page.get_by_role("button", name="Picture"))
    chosen.value.set_files(picture)
    expect(page.get_by_alt_text("The picture as it will be")).to_be_visible()
    type_into(page.get_by_label("SKU"), "MUG-BLUE")
    type_into(page.get_by_label("On hand"), "12")
    press_on(page.get_by_role("button", name="Save product"))
    expect(page.get_by_text("“Blue mug” added successfully")).to_be_visible()
    assert Product.objects.get(sku="MUG-BLUE").image


def test_edit(visit: Visit) -> None:
    product = make_product(name="Mug", stock=5)
    page = visit(f"/products/{product.pk}")
    press_on(page.get_by_role("link", name="Edit"))
    type_into(page.get_by_label("Name"), "Blue mug")
    type_into(page.get_by_label("On hand"), "7")
    tab_to(page.get_by_label("Reason for the difference"))
    page.keyboard.press("F")  # chooses Found; a word typed slowly is several choices
    press_on(page.get_by_role("button", name="Save product"))
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()
    assert reload(product).on_hand == 7


def test_adjust_in_the_dialog(visit: Visit, zoom: int) -> None:
    product = make_product(stock=5)
    page = visit("/dashboard")
    open_adjusting(page, product, zoom)
    dialog = page.get_by_role("dialog", name="Adjust stock")
    expect(dialog.get_by_label("Add")).to_be_focused()
    page.keyboard.press("ArrowRight")
    type_into(dialog.get_by_label("Quantity"), "2")
    tab_to(dialog.get_by_label("Reason"))
    page.keyboard.press("D")  # chooses Damaged
    press_on(dialog.get_by_role("button", name="Adjust stock"))
    expect(page.get_by_text("adjusted by −2: 3 on hand")).to_be_visible()
    expect(dialog).to_be_hidden()
    assert reload(product).on_hand == 3


def test_delete_in_the_dialog_and_undo(visit: Visit) -> None:
    product = make_product(stock=5)
    page = visit("/dashboard")
    press_on(page.get_by_label(f"More for {product.name}"))
    press_on(page.get_by_role("link", name="Delete", exact=True))
    dialog = page.get_by_role("dialog", name=f"Delete “{product.name}”?")
    expect(dialog.get_by_role("button", name="Archive instead")).to_be_focused()
    press_on(dialog.get_by_role("button", name="Delete product"))
    expect(page.get_by_text(f"“{product.name}” deleted")).to_be_visible()
    press_on(page.get_by_role("button", name="Undo"))
    expect(page.get_by_text("Undone")).to_be_visible()
    assert reload(product).on_hand == 5


def test_import_and_undo(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "spring.csv"
    file.write_text("sku,name,price\nMUG,Blue mug,9.90\nJUG,Moss jug,4\n")
    page = visit("/imports")
    press_on(page.get_by_role("link", name="Import a file").first)
    with page.expect_file_chooser() as chosen:
        press_on(page.get_by_role("button", name="File"))
    chosen.value.set_files(file)
    press_on(page.get_by_role("button", name="Show what it would do"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of spring.csv")
    press_on(page.get_by_role("checkbox", name="Take row 3"), "Space")
    press_on(page.get_by_role("button", name="Apply 1 product"))
    expect(page.get_by_text("imported: 1 new product")).to_be_visible()
    assert Product.objects.get().sku == "MUG"
    press_on(page.get_by_role("link", name="Undo this import"))
    press_on(page.get_by_role("button", name="Undo it"))
    expect(page.get_by_text("Undone: ")).to_be_visible()
    assert not Product.objects.exists()


def test_escape_leads_back_to_what_opened_the_dialog(visit: Visit, zoom: int) -> None:
    product = make_product(stock=5)
    page = visit("/dashboard")
    opener = open_adjusting(page, product, zoom)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Add")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_escape_leads_back_to_the_menu_the_dialog_came_from(visit: Visit) -> None:
    product = make_product()
    page = visit("/dashboard")
    menu = page.get_by_label(f"More for {product.name}")
    press_on(menu)
    press_on(page.get_by_role("link", name="Archive", exact=True))
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(menu).to_be_focused()


def test_focus_stays_in_the_dialog(visit: Visit, zoom: int) -> None:
    product = make_product(stock=5)
    page = visit("/dashboard")
    open_adjusting(page, product, zoom)
    expect(page.get_by_role("dialog").get_by_label("Add")).to_be_focused()
    for _round in range(12):
        page.keyboard.press("Tab")
        assert page.locator("main :focus, nav :focus, header :focus").count() == 0


@pytest.mark.parametrize("path", ["/dashboard", "/add_product", "/imports/new"])
def test_focus_shows_on_every_stop(path: str, visit: Visit) -> None:
    make_product(stock=5)
    found = stops(visit(path))
    assert len(found) > 8
    assert not [name for name, shows in found if not shows]


def test_fields_come_in_the_order_they_are_read(visit: Visit) -> None:
    names = [name.rstrip("*") for name, _shows in stops(visit("/add_product"))]
    assert [name for name in names if name in FIELDS] == FIELDS
    assert names[-1] == "Save product"
