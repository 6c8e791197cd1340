"""An unknown table on the site: its columns named, previewed, applied, remembered."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from products.models import Product

Visit = Callable[[str], Page]

TEXT = (
    "Kürzel;Titel;VK;Bemerkung\nMUG-1;Becher blau;14,90;Geschirr\n"
    "CUP-2;Tasse rot;9,50;Geschirr\n"
)


def send(page: Page, text: str = TEXT) -> None:
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.locator("main form .btn-primary").click()


def test_columns_are_named_once(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    expect(page.get_by_role("heading", name="Columns of liste.csv")).to_be_visible()
    expect(page.get_by_label("Kürzel")).to_have_value("sku")
    expect(page.get_by_label("Titel")).to_have_value("name")
    expect(page.get_by_label("VK")).to_have_value("price")
    page.get_by_label("Bemerkung").select_option(label="Tags")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("heading", name="Preview of liste.csv")).to_be_visible()
    page.get_by_role("button", name="Apply 2 products").click()
    expect(page.get_by_text("“liste.csv” imported: 2 new products")).to_be_visible()
    assert Product.objects.get(sku="CUP-2").tags == "Geschirr"

    page.goto(page.url.rpartition("/")[0] + "/new")
    send(page, TEXT.replace("9,50", "9,90"))
    expect(
        page.get_by_text("as in an earlier file with the same header")
    ).to_be_visible()
    page.get_by_role("link", name="Change the columns").click()
    expect(page.get_by_label("Bemerkung")).to_have_value("tags")
    page.get_by_label("VK").select_option("")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_text("The columns are read as they were named")).to_be_visible()
    expect(page.get_by_role("link", name="Unchanged 2")).to_be_visible()


def test_what_is_not_clear_is_said_at_both_columns(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    page.get_by_label("Bemerkung").select_option("name")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("2 things need you")
    page.get_by_role("link", name="Bemerkung: “Titel” is chosen").click()
    expect(page.get_by_label("Bemerkung")).to_be_focused()
