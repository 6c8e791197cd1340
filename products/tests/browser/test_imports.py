"""Importing a file on the site: sent, reported, mended, undone."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from products.models import Product

Visit = Callable[[str], Page]

FILE = (
    "sku,name,price,on_hand\nMUG,Blue mug,9.90,5\nCUP,Red cup,cheap,3\n,No code,1,1\n"
)


def send(page: Page, text: str = FILE, button: str = "Import") -> None:
    file = {"name": "spring.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_role("button", name="File").set_input_files(files=[file])
    page.get_by_role("button", name=button, exact=True).click()


def test_result_says_what_was_refused_and_why(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    expect(page.get_by_role("heading", name="spring.csv")).to_be_visible()
    expect(page.get_by_text("imported: 1 new, 0 changed")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="cheap")).to_be_visible()
    page.get_by_role("link", name="New 1").click()
    expect(page.get_by_role("link", name="Blue mug")).to_be_visible()
    assert Product.objects.get().on_hand == 5


def test_refused_rows_as_a_file(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download to mend").click()
    assert download.value.suggested_filename == "spring-refused.csv"
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Row,Column,Value,Why")
    assert any("cheap" in line for line in lines[1:])


def test_check_only_changes_nothing(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page, button="Check only")
    expect(page.get_by_text("was checked. Nothing was changed.")).to_be_visible()
    assert not Product.objects.exists()


def test_undo(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    page.get_by_role("link", name="Undo this import").click()
    expect(page.get_by_text("This is what undoing does now")).to_be_visible()
    assert Product.objects.exists()
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("Undone: ")).to_be_visible()
    assert not Product.objects.exists()


def test_file_that_is_no_table(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page, text="")
    expect(page.get_by_role("alert")).to_contain_text("The file was not imported")
    expect(page.get_by_role("alert")).to_be_focused()
