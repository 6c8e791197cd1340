"""The page that names columns, with what is too long, too wide, or not clear yet."""

from collections.abc import Callable
from typing import TypeAlias

from playwright.sync_api import Page, expect

from inventory_site.tests.browser.extremes import MARKUP, UNBROKEN
from inventory_site.tests.browser.looks import TWO_LOOKS
from products.tests.factories import make_shop
from products.tests.importing.files import plan_text

Stands: TypeAlias = Callable[..., None]
Visit: TypeAlias = Callable[[str], Page]


def test_overlong_columns_that_are_not_clear(
    visit: Visit, assert_stands: Stands
) -> None:
    make_shop()
    titles = ["Nr", UNBROKEN * 2, MARKUP, "", "Nr"]
    cells = ["A", UNBROKEN * 3, MARKUP, "7", "x"]
    text = f"{';'.join(titles)}\n{';'.join(cells)}\n"
    page = visit(f"/imports/{plan_text(text, file_name=f'{UNBROKEN}.csv').pk}/columns")
    for place in (1, 2):
        page.locator("select").nth(place).select_option("name")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_stands(page, TWO_LOOKS)


def test_a_preview_whose_columns_were_remembered(
    visit: Visit, assert_stands: Stands
) -> None:
    text = "Art-Nr;Titel\nA;Mug\nB;Cup\n"
    page = visit(f"/imports/{plan_text(text).pk}/columns")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_text("read as they were named")).to_be_visible()
    page = visit(f"/imports/{plan_text(text).pk}")
    expect(page.get_by_role("link", name="Change the columns")).to_be_visible()
    assert_stands(page, TWO_LOOKS)
