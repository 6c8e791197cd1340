"""Two people with one product open, each in a browser of their own."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Page, expect

from products.models import Product
from products.tests.factories import make_product, reload

Visit = Callable[[str], Page]
Form = tuple[Page, Page]


@pytest.fixture
def mug() -> Product:
    return make_product(name="Mug", price="9.90", stock=5)


@pytest.fixture
def forms(
    mug: Product, visit: Visit, window_of: Callable[[AbstractBaseUser], Page]
) -> Form:
    """The same form, opened by Ada and by Bea."""
    bea = get_user_model().objects.create_superuser("bea@example.com", name="Bea")
    theirs = window_of(bea)
    theirs.goto(f"/edit_product/{mug.pk}")
    return visit(f"/edit_product/{mug.pk}"), theirs


def save(page: Page) -> None:
    page.get_by_role("button", name="Save product").click()


def save_first(page: Page, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    save(page)
    expect(page.get_by_text("saved.")).to_be_visible()


def test_same_field_is_asked_with_both_values(forms: Form, mug: Product) -> None:
    mine, theirs = forms
    save_first(theirs, Name="Cup")
    mine.get_by_label("Name").fill("Beaker")
    save(mine)
    question = mine.get_by_role("radiogroup")
    expect(question).to_contain_text("Bea changed “name” while you were editing")
    expect(question.get_by_label("Beaker")).to_be_checked()
    question.get_by_label("Cup").check()
    save(mine)
    expect(mine.get_by_role("heading", name="Cup")).to_be_visible()
    assert reload(mug).name == "Cup"


def test_own_value_can_stay(forms: Form, mug: Product) -> None:
    mine, theirs = forms
    save_first(theirs, Name="Cup")
    mine.get_by_label("Name").fill("Beaker")
    save(mine)
    expect(mine.get_by_role("radiogroup")).to_be_visible()
    save(mine)
    expect(mine.get_by_text("“Beaker” saved.")).to_be_visible()
    assert reload(mug).name == "Beaker"


def test_other_fields_merge_and_it_is_said(forms: Form, mug: Product) -> None:
    mine, theirs = forms
    save_first(theirs, Price="12")
    mine.get_by_label("Name").fill("Beaker")
    save(mine)
    expect(mine.get_by_text("Bea had changed this meanwhile")).to_be_visible()
    expect(mine.get_by_text("“Beaker” saved.")).to_be_visible()
    assert (reload(mug).name, reload(mug).price) == ("Beaker", 12)


def test_sale_in_between_is_not_erased(forms: Form, mug: Product) -> None:
    mine, theirs = forms
    for page, counted in ((theirs, "4"), (mine, "15")):
        page.get_by_label("On hand").fill(counted)
        page.get_by_label("Reason for the difference").select_option("Correction")
        save(page)
        expect(page.get_by_text("saved.")).to_be_visible()
    assert reload(mug).on_hand == 14


def test_product_deleted_meanwhile_comes_back(forms: Form, mug: Product) -> None:
    mine, theirs = forms
    theirs.goto(f"/delete_product/{mug.pk}")
    theirs.get_by_role("button", name="Delete product").click()
    expect(theirs.get_by_text("“Mug” deleted.")).to_be_visible()
    mine.get_by_label("Name").fill("Beaker")
    save(mine)
    expect(mine.get_by_text("Nothing was done: Bea deleted “Mug”")).to_be_visible()
    mine.get_by_role("button", name="Undo").click()
    expect(mine.get_by_text("Undone")).to_be_visible()
    assert reload(mug).on_hand == 5
