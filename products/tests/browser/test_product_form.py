"""What the product form says while it is filled in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from products.models import Product
from products.tests.factories import make_product
from products.tests.pictures import image_bytes

Visit = Callable[[str], Page]

PICTURE = {"name": "a.png", "mimeType": "image/png", "buffer": image_bytes()}


@pytest.fixture
def edit_form(visit: Visit) -> Page:
    return visit(f"/edit_product/{make_product(name='Mug', stock=140).pk}")


def test_quantity_says_what_will_be_posted_and_asks_why(edit_form: Page) -> None:
    reason = edit_form.get_by_label("Reason for the difference")
    expect(reason).to_be_hidden()
    edit_form.get_by_label("On hand").fill("138")
    expect(edit_form.get_by_text("You saw 140: posts −2")).to_be_visible()
    expect(reason).to_be_visible()
    edit_form.get_by_label("On hand").fill("140")
    expect(reason).to_be_hidden()


def test_unsaved_fields_are_counted(edit_form: Page) -> None:
    edit_form.get_by_label("Name").fill("Cup")
    expect(edit_form.get_by_text("1 change not saved")).to_be_visible()
    edit_form.get_by_label("Price").fill("7")
    expect(edit_form.get_by_text("2 changes not saved")).to_be_visible()


def test_leaving_with_unsaved_fields_asks(edit_form: Page) -> None:
    edit_form.on("dialog", Dialog.dismiss)
    edit_form.get_by_label("Name").fill("Cup")
    with edit_form.expect_event("dialog") as asked:
        edit_form.get_by_role("link", name="Cancel").click()
    assert asked.value.type == "beforeunload"
    expect(edit_form.get_by_label("Name")).to_have_value("Cup")


def test_picture_is_shown_before_it_is_sent(visit: Visit) -> None:
    page = visit("/add_product")
    preview = page.get_by_alt_text("The picture as it will be")
    expect(preview).to_be_hidden()
    page.get_by_role("button", name="Picture").set_input_files(files=[PICTURE])
    expect(preview).to_be_visible()
    assert preview.evaluate("image => image.decode().then(() => image.naturalWidth)")


def test_picture_survives_an_error_in_another_field(visit: Visit) -> None:
    page = visit("/add_product")
    page.get_by_role("button", name="Picture").set_input_files(files=[PICTURE])
    page.get_by_label("Name").fill("Mug")
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_alt_text("The picture as it will be")).to_be_visible()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("SKU")).to_be_focused()
    page.get_by_label("SKU").fill("MUG")
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_role("heading", name="Mug")).to_be_visible()
    assert Product.objects.get().image


def test_picture_appears_on_the_page_and_in_the_list(visit: Visit) -> None:
    page = visit("/add_product")
    page.get_by_label("Name").fill("Mug")
    page.get_by_label("SKU").fill("MUG")
    page.get_by_role("button", name="Picture").set_input_files(files=[PICTURE])
    page.get_by_role("button", name="Save product").click()
    picture = page.get_by_role("img", name="Mug", exact=True)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
    thumb = visit("/dashboard").locator("tbody img.thumb")
    assert thumb.evaluate("image => image.decode().then(() => image.naturalWidth)")


def test_variants_from_the_table(visit: Visit) -> None:
    product = make_product(name="Tee", sku="TEE", stock=4)
    page = visit(f"/products/{product.pk}/variants")
    for label, value in (
        ("Option", "Size"),
        ("This product is", "M"),
        ("All values", "S, M, L"),
    ):
        page.get_by_label(label).first.fill(value)
    page.get_by_role("button", name="Show the variants").click()
    expect(page.get_by_role("row").filter(has_text="There already")).to_have_count(1)
    page.get_by_role("checkbox", name="Make S").uncheck()
    page.get_by_role("button", name="Make variants").click()
    expect(page.get_by_role("heading", name="Tee")).to_be_visible()
    assert set(Product.objects.values_list("sku", flat=True)) == {"TEE", "TEE-L"}
