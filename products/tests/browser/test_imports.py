"""Importing a file on the site: handed in, looked at, ticked, applied, undone."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from products.models import Product
from products.tests.browser.going import follow
from products.tests.factories import make_product, reload

Visit = Callable[[str], Page]

FILE = (
    "sku,name,price,on_hand\nMUG,Blue mug,9.90,5\nJUG,Moss jug,4,2\n"
    "CUP,Red cup,cheap,3\n,No code,1,1\n"
)


def choose(page: Page, text: str = FILE) -> Locator:
    """Choose a file; return the button that sends it."""
    file = {"name": "spring.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_role("button", name="File").set_input_files(files=[file])
    return page.get_by_role("button", name="Show what it would do")


def send(page: Page, text: str = FILE) -> None:
    follow(choose(page, text))


def test_looked_at_ticked_applied_and_undone(visit: Visit) -> None:
    pot = make_product(sku="POT", name="Old pot", price=1)
    page = visit("/imports/new")
    send(page, f"{FILE}POT,Old pot,2,\n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of spring.csv")
    expect(page.get_by_role("row").filter(has_text="cheap")).to_be_visible()
    follow(page.get_by_role("link", name="New 2"))
    page.get_by_role("checkbox", name="Take row 3").uncheck()
    expect(page.get_by_text("1 new and 1 changed, in one step")).to_be_visible()
    expect(page.get_by_role("link", name="New 2")).to_contain_text("1 ticked")
    assert not Product.objects.filter(sku="MUG").exists()
    page.get_by_role("button", name="Apply 2 products").click()
    expect(page.get_by_text("imported: 1 new product, 1 changed")).to_be_visible()
    assert Product.objects.get(sku="MUG").on_hand == 5
    assert not Product.objects.filter(sku="JUG").exists()
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("Undone: ")).to_be_visible()
    assert not Product.objects.filter(sku="MUG").exists()
    assert reload(pot).price == 1


def test_ticks_survive_the_page(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    follow(page.get_by_role("link", name="New 2"))
    tick = page.get_by_role("checkbox", name="Take row 2")
    tick.focus()
    tick.press("Space")
    expect(page.get_by_role("button", name="Apply 1 product")).to_be_visible()
    expect(tick).to_be_focused()
    page.reload()
    expect(tick).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Take row 3")).to_be_checked()


def test_all_at_once(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    follow(page.get_by_role("link", name="New 2"))
    page.get_by_text("Ticks", exact=True).click()
    page.get_by_role("button", name="Untick all 2").click()
    expect(page.get_by_text("No row is ticked.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Take row 2")).not_to_be_checked()


def test_refused_records_come_back_mended(visit: Visit, tmp_path: Path) -> None:
    page = visit("/imports/new")
    send(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused ones").click()
    assert download.value.suggested_filename == "spring-refused.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    page.get_by_role("link", name="Imports", exact=True).click()
    follow(page.get_by_role("link", name="Import a file"))
    send(page, text.replace("cheap", "3.50").replace(",No code", "NO,No code"))
    expect(page.get_by_role("link", name="New 2")).to_be_visible()
    expect(page.get_by_role("link", name="Refused 0")).to_be_visible()


def test_discarded_after_asking(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page)
    page.get_by_role("link", name="Discard").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("Discard “spring.csv”?")
    dialog.get_by_role("link", name="Keep it").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Discard").click()
    dialog.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("“spring.csv” is discarded")).to_be_visible()
    assert not Product.objects.exists()


def test_a_file_that_is_no_table_says_why(visit: Visit) -> None:
    page = visit("/imports/new")
    send(page, text="")
    expect(page.get_by_text("The file is empty.")).to_be_visible()
    page.get_by_role("link", name="Choose another file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import a file")


def test_a_file_that_is_too_large_is_not_sent(visit: Visit) -> None:
    page = visit("/imports/new")
    page.evaluate("document.querySelector('[data-most-bytes]').dataset.mostBytes = 9")
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    button = choose(page)
    button.click()
    alert = page.get_by_role("alert").filter(has_text="larger than")
    expect(alert).to_be_visible()
    expect(page.get_by_role("button", name="File")).to_be_focused()
    assert "POST" not in sent
    page.evaluate("document.querySelector('[data-most-bytes]').dataset.mostBytes = 999")
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of spring.csv")
