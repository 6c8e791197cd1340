"""The pages of scanning in states that a bare visit doesn't show."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from inventory_site.tests.browser.extremes import MARKUP, UNBROKEN
from inventory_site.tests.browser.looks import TWO_LOOKS

Visit = Callable[[str], Page]
Stands = Callable[..., None]

# A camera before a wall.
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d");
  setInterval(() => { paper.fillRect(0, 0, 300, 150); }, 100);
  return canvas.captureStream();
};
"""


def test_unknown_codes(visit: Visit, assert_stands: Stands) -> None:
    for code in (UNBROKEN, MARKUP, "4006381333931"):
        page = visit(f"/products/code?code={code}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("No product has")
        assert_stands(page, TWO_LOOKS)


def test_camera_on(visit: Visit, page: Page, assert_stands: Stands) -> None:
    page.add_init_script(CAMERA)
    visit("/products/scan?next=/imports")
    expect(page.get_by_label("What the camera sees")).to_be_visible()
    assert_stands(page)
