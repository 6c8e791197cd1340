"""Pages in states that a bare visit doesn't show: empty, refused, open, overlong."""

from collections.abc import Callable
from io import BytesIO
from typing import TypeAlias

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.roles import Role
from accounts.services.invitations import invite_person
from accounts.tests.people import make_user
from inventory_site.tests.browser.extremes import MARKUP, UNBROKEN
from inventory_site.tests.browser.looks import PHONE, TWO_LOOKS
from products.services.deleting import delete_product
from products.services.editing import update_product
from products.services.pictures import read_picture, storing
from products.tests.factories import by, make_product, make_shop
from products.tests.importing.files import import_text
from products.tests.pictures import image_bytes

Stands: TypeAlias = Callable[..., None]
Visit: TypeAlias = Callable[[str], Page]


@pytest.mark.parametrize(
    "path",
    ["/dashboard", "/products/deleted", "/imports", "/account/invitations"],
)
def test_nothing_there_yet(path: str, visit: Visit, assert_stands: Stands) -> None:
    assert_stands(visit(path), TWO_LOOKS)


def test_empty_shop_of_somebody_who_may_not_add(
    sign_in: Callable[[User], Page],
    regular: User,
    live_server: LiveServer,
    assert_stands: Stands,
) -> None:
    page = sign_in(regular)
    page.goto(f"{live_server.url}/dashboard")
    assert_stands(page, TWO_LOOKS)


def test_no_product_found(visit: Visit, assert_stands: Stands) -> None:
    make_shop()
    page = visit(f"/dashboard?q={UNBROKEN}&stock=low&status=draft&cost=missing")
    expect(page.get_by_text("No product matches all of this")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_several_pages_of_products(visit: Visit, assert_stands: Stands) -> None:
    for _number in range(26):
        make_product()
    page = visit("/dashboard?sort=name")
    expect(page.get_by_text("26 products", exact=True)).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_open_menu_of_a_row(visit: Visit, assert_stands: Stands) -> None:
    product = make_product(stock=5)
    page = visit("/dashboard")
    page.get_by_label(f"More for {product.name}").click()
    expect(page.get_by_role("link", name="Delete", exact=True)).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_open_sheet_of_the_phone(visit: Visit, assert_stands: Stands) -> None:
    page = visit("/dashboard")
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_role("link", name="Your profile", exact=True)).to_be_visible()
    assert_stands(page, [(PHONE, "light"), (PHONE, "dark")])


def test_product_with_a_picture(visit: Visit, assert_stands: Stands) -> None:
    with storing(read_picture(BytesIO(image_bytes(size=(900, 300))))) as name:
        product = make_product(name="Mug", image=name)
    page = visit(f"/products/{product.pk}")
    expect(page.get_by_role("img", name="Mug", exact=True)).to_be_visible()
    assert_stands(page, TWO_LOOKS)


@pytest.mark.parametrize("action", ["Archive", "Delete"])
def test_dialog_of_the_menu(action: str, visit: Visit, assert_stands: Stands) -> None:
    product = make_shop()
    page = visit("/dashboard")
    page.get_by_label(f"More for {product.name}").click()
    page.get_by_role("link", name=action, exact=True).click()
    expect(
        page.get_by_role("dialog", name=f"{action} “{product.name}”?")
    ).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_adjust_dialog_with_errors(visit: Visit, assert_stands: Stands) -> None:
    product = make_shop()
    page = visit(f"/products/{product.pk}")
    page.get_by_role("link", name="Adjust stock").click()
    page.get_by_role("dialog").get_by_role("button", name="Adjust stock").click()
    expect(page.get_by_text("2 things need you")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_product_form_with_errors(visit: Visit, assert_stands: Stands) -> None:
    page = visit("/add_product")
    page.get_by_label("Barcode").fill("5701234567890")
    page.get_by_label("Price").fill(MARKUP)
    page.get_by_label("On hand").fill("-1")
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_text("5 things need you")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_question_after_two_people_edited(visit: Visit, assert_stands: Stands) -> None:
    product = make_product(name="Mug", stock=140)
    page = visit(f"/edit_product/{product.pk}")
    update_product(
        product_id=product.pk,
        changes={"name": UNBROKEN * 2, "supplier_name": MARKUP},
        seen_version=product.version,
        circumstances=by("Jonas Weber"),
    )
    page.get_by_label("Name").fill(MARKUP)
    page.get_by_label("On hand").fill("138")
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_role("radiogroup")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_table_of_variants_with_errors(visit: Visit, assert_stands: Stands) -> None:
    product = make_product(name=MARKUP, stock=5)
    page = visit(f"/products/{product.pk}/variants")
    page.get_by_label("Option").first.fill("Size")
    page.get_by_label("This product is").first.fill("M")
    page.get_by_label("All values").first.fill(f"S, M, {UNBROKEN}")
    page.get_by_role("button", name="Show the variants").click()
    page.get_by_label("SKU").first.fill("")
    page.get_by_role("button", name="Make variants").click()
    expect(page.get_by_text("Nothing was made yet")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_deleted_products(visit: Visit, assert_stands: Stands) -> None:
    for name in (UNBROKEN * 3, MARKUP):
        delete_product(product_id=make_product(name=name).pk, circumstances=by())
    page = visit("/products/deleted")
    expect(page.get_by_text(MARKUP)).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_page_of_a_deleted_product(
    visit: Visit, assert_stands: Stands, console_errors: list[str]
) -> None:
    product = make_product()
    delete_product(product_id=product.pk, circumstances=by())
    page = visit(f"/products/{product.pk}")
    expect(page.get_by_text("This product was deleted")).to_be_visible()
    assert_stands(page, TWO_LOOKS)
    console_errors.clear()  # Chromium says that the page is a 404


@pytest.mark.parametrize("shown", ["refused", "changed", "created", "notes"])
def test_sections_of_an_import(shown: str, visit: Visit, assert_stands: Stands) -> None:
    make_product(sku="A", name="Old", price=1)
    rows = [f"A,New,{UNBROKEN},2", f"B,{UNBROKEN * 3},{MARKUP},3", f"C,,,{UNBROKEN}"]
    run = import_text("\n".join(["sku,name,supplier,price", *rows])).run
    assert_stands(visit(f"/imports/{run.pk}?show={shown}"), TWO_LOOKS)


def test_imports(visit: Visit, assert_stands: Stands) -> None:
    import_text("sku,name\nA,Mug\n")
    import_text("sku,name\nA,\n")
    assert_stands(visit("/imports"), TWO_LOOKS)


def test_file_that_cannot_be_read(visit: Visit, assert_stands: Stands) -> None:
    page = visit("/imports/new")
    file = {"name": "mug.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x00"}
    page.get_by_role("button", name="File").set_input_files(files=[file])
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("This is a PNG picture")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


def test_people_with_long_names(visit: Visit, assert_stands: Stands) -> None:
    make_user(f"{'x' * 60}@{'y' * 60}.example.com", name=UNBROKEN * 2)
    assert_stands(visit("/account/people"), TWO_LOOKS)


def test_link_to_hand_over(visit: Visit, admin: User, assert_stands: Stands) -> None:
    invite_person(actor=admin, email="new@example.com", name=UNBROKEN, role=Role.CLERK)
    page = visit("/account/invitations/new")
    page.get_by_label("E-mail").fill("nora@example.com")
    page.get_by_label("Name").fill(MARKUP)
    page.get_by_role("button", name="Make invitation").click()
    expect(page.get_by_label("Link to hand over")).to_be_visible()
    assert_stands(page, TWO_LOOKS)


@pytest.mark.parametrize("path", ["/nothing-here", "/products/999999"])
def test_unknown_address(
    path: str, visit: Visit, assert_stands: Stands, console_errors: list[str]
) -> None:
    assert_stands(visit(path), TWO_LOOKS)
    console_errors.clear()  # Chromium says that the page is a 404


def test_spent_invitation_of_a_stranger(
    page: Page, live_server: LiveServer, assert_stands: Stands, console_errors: list
) -> None:
    page.goto(f"{live_server.url}/account/invitation/spent")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_stands(page, TWO_LOOKS)
    console_errors.clear()  # Chromium says that the page is a 404


def test_address_of_another_role(
    sign_in: Callable[[User], Page],
    regular: User,
    live_server: LiveServer,
    assert_stands: Stands,
    console_errors: list[str],
) -> None:
    page = sign_in(regular)
    page.goto(live_server.url + reverse("products:product_add"))
    expect(page.get_by_text("Your role does not open this page")).to_be_visible()
    assert_stands(page, TWO_LOOKS)
    console_errors.clear()  # Chromium says that the page is a 403
