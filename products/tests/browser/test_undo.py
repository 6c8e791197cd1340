"""Undo in a browser: looked at first, done by keyboard, and undone again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from products.tests.factories import adjust, make_product, receive, reload

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[[str], Page]


def test_preview_then_undo_then_undo_of_the_undo(
    visit: Visit, assert_accessible: Callable[[Page], None]
) -> None:
    product = make_product(name="Blue mug", stock=5)
    operation = adjust(product, -2)
    page = visit(f"/stock/operations/{operation.pk}")
    assert_accessible(page)
    page.get_by_role("link", name="Undo", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stock adjusted")
    row = page.get_by_role("row").filter(has_text="Blue mug")
    expect(row).to_contain_text("+2")
    assert_accessible(page)
    assert reload(product).on_hand == 3
    button = page.get_by_role("button", name="Undo it")
    button.focus()
    button.press("Enter")
    expect(page.get_by_role("status").get_by_text("Undone: ")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Undo")
    assert reload(product).on_hand == 5
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").get_by_text("Undone: Undo.")).to_be_visible()
    assert reload(product).on_hand == 3


def test_what_stands_against_it(
    visit: Visit, assert_accessible: Callable[[Page], None]
) -> None:
    product = make_product(sku="MUG-1")
    operation = receive(product, 5)
    adjust(product, -4)
    page = visit(f"/stock/operations/{operation.pk}/undo")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Only 1 is available of “MUG-1”")
    expect(page.get_by_role("button", name="Undo it")).to_have_count(0)
    assert_accessible(page)
