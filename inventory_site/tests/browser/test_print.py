"""Lists, documents and counts on paper: the sheet alone, with its heads, in ink."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from inventory_site.tests.browser.looks import OUT_OF_SIGHT
from inventory_site.tests.permission_rows.stocktakes import counting
from inventory_site.tests.permission_rows.transfers import transfer_draft
from products.tests.factories import add_many, make_product, make_shop

Visit = Callable[[str], Page]

PAPER = 703  # CSS pixels: A4 less 12 mm on each side
LISTS = [
    "/dashboard",
    "/stock/movements",
    "/stock/operations",
    "/stock/counts",
    "/stock/holds",
    "/reports/reorder",
    "/reports/stock",
    "/reports/movements",
    "/reports/months",
    "/products/deleted",
]
HANDLES = (
    "main :is(.btn, button, input, select, summary):not(.filter *, .report-form *)"
)
LIGHTNESS = """
() => {
  const style = (one) => getComputedStyle(document.querySelector(one));
  const colours = [style("body").backgroundColor, style("h1").color];
  return colours.map((one) => one.match(/[\\d.]+/g).map(Number));
}
"""


@pytest.fixture
def paper(visit: Visit) -> Callable[[str], Page]:
    """Opens a page in the dark theme and lays it out for paper."""

    def _paper(path: str) -> Page:
        page = visit(path)
        page.set_viewport_size({"width": PAPER, "height": 1_000})
        page.emulate_media(media="print", color_scheme="dark")
        return page

    return _paper


@pytest.mark.parametrize("path", LISTS)
def test_list_on_paper(path: str, paper: Visit) -> None:
    make_shop()
    page = paper(path)
    assert not page.evaluate(OUT_OF_SIGHT)
    for hidden in ("header.bar", "nav.side", "nav.tabs", ".skip", "#flash"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(HANDLES).filter(visible=True)).to_have_count(0)
    expect(page.locator(".print-head")).to_contain_text("Linden & Loom")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for head in page.locator("thead").all():
        expect(head).to_have_css("display", "table-header-group")
    ground, ink = page.evaluate(LIGHTNESS)
    assert ground[3:] == [0] or min(ground[:3]) == 255
    assert max(ink[:3]) == 0


def test_says_what_was_asked_for(paper: Visit) -> None:
    make_product(stock=0, reorder_point=3, name="Blue mug")
    page = paper("/dashboard?q=mug&stock=out")
    expect(page.locator(".print-head")).to_contain_text("search: “mug”")
    expect(page.get_by_role("combobox", name="Stock", exact=True)).to_be_visible()
    expect(page.get_by_label("Status", exact=True)).to_be_hidden()


def test_long_list_has_its_head_on_each_sheet(paper: Visit) -> None:
    add_many(60)
    page = paper("/dashboard?size=100")
    expect(page.locator("thead")).to_have_css("display", "table-header-group")
    expect(page.locator("tbody tr").first).to_have_css("break-inside", "avoid")
    sheets = page.pdf(format="A4")
    assert sheets.count(b"/Type /Page\n") > 1


def test_sheet_of_a_blind_count_has_empty_boxes(paper: Visit) -> None:
    page = paper(f"/stock/counts/{counting()['pk']}?sheet=1")
    box = page.locator(".to-fill")
    expect(box).to_have_count(1)
    expect(box).to_have_css("border-top-style", "solid")
    assert page.evaluate(OUT_OF_SIGHT) == ["SPAN.sub fw-normal to-fill"]  # its words


def test_transfer_has_a_box_for_each_line_to_pick(paper: Visit) -> None:
    page = paper(f"/stock/transfers/{transfer_draft()['pk']}")
    expect(page.locator(".to-tick").filter(visible=True)).to_have_count(1)
