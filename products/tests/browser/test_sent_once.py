"""A form acts once: whoever clicks twice, goes back, or sends a page again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from products.models import Operation, Product
from products.tests.factories import make_product, reload

Visit = Callable[[str], Page]

# The form is sent once more than the page knows, as a browser with a bad line does.
SEND_ASIDE = """
() => {
  const form = document.querySelector("form[data-unsaved]");
  return fetch(form.action, { method: "POST", body: new FormData(form) });
}
"""


def fill_in(page: Page) -> None:
    page.get_by_label("Name").fill("Blue mug")
    page.get_by_label("SKU").fill("MUG")
    page.get_by_label("On hand").fill("5")


def test_double_click_on_save_adds_one_product(visit: Visit) -> None:
    page = visit("/add_product")
    fill_in(page)
    page.get_by_role("button", name="Save product").dblclick()
    expect(page.get_by_text("“Blue mug” added successfully")).to_have_count(1)
    assert Product.objects.get().on_hand == 5


def test_double_click_in_a_dialog_posts_once(visit: Visit) -> None:
    product = make_product(stock=5)
    page = visit("/dashboard")
    page.get_by_label(f"Adjust stock of {product.name}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Quantity").fill("3")
    dialog.get_by_label("Reason").select_option("Found")
    dialog.get_by_role("button", name="Adjust stock").dblclick()
    expect(page.get_by_text("adjusted by +3: 8 on hand")).to_be_visible()
    assert reload(product).on_hand == 8


def test_same_form_sent_twice_is_answered_as_the_first_time(visit: Visit) -> None:
    page = visit("/add_product")
    fill_in(page)
    page.evaluate(SEND_ASIDE)
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_text("“Blue mug” added successfully").first).to_be_visible()
    assert Operation.objects.count() == 1
    assert Product.objects.get().on_hand == 5


def test_form_found_again_by_going_back_adds_no_second_product(visit: Visit) -> None:
    page = visit("/add_product")
    fill_in(page)
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_text("“Blue mug” added successfully")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Name")).to_have_value("Blue mug")
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_role("alert")).to_contain_text("“MUG” is used by Blue mug")
    assert Operation.objects.count() == 1


def test_answer_loaded_anew_posts_nothing(visit: Visit) -> None:
    page = visit("/add_product")
    fill_in(page)
    page.get_by_role("button", name="Save product").click()
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()
    assert Operation.objects.count() == 1
