"""/products/scan: the camera, a photo, and what is said when there is neither."""

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from PIL.Image import Resampling
from playwright.sync_api import Page, expect

from products.models import Product
from products.tests.barcodes import ean13_picture
from products.tests.browser.wedge import scan
from products.tests.factories import make_product
from products.tests.pictures import image_bytes

Visit = Callable[[str], Page]

CODE = "4006381333931"
# A camera that looks at a picture.
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const picture = new Image();
  picture.src = "data:image/png;base64,%s";
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * 2;
  canvas.height = picture.height * 2;
  const paper = canvas.getContext("2d");
  const draw = () => {
    paper.fillStyle = "white";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, picture.width / 2, picture.height / 2);
    requestAnimationFrame(draw);
  };
  draw();
  window.stream = canvas.captureStream();
  return window.stream;
};
"""
NO_CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("", "%s");
};
"""
PLAIN_HTTP = """
Object.defineProperty(navigator, "mediaDevices", { value: undefined });
Object.defineProperty(window, "isSecureContext", { value: false });
"""
TITLE_IS_SCAN = """
document.addEventListener("inventory:scan", (event) => {
  if (location.pathname !== "/imports") return;
  event.preventDefault();
  document.title = event.detail.code;
});
"""


@pytest.fixture
def mug() -> Product:
    return make_product(name="Blue mug", barcode=CODE)


def photo(content: bytes) -> Any:
    return [{"name": "photo.png", "mimeType": "image/png", "buffer": content}]


def choose(page: Page, content: bytes) -> None:
    # Shown by the script that reads it.
    expect(page.get_by_label("Photo of the code")).to_be_visible()
    page.get_by_label("Photo of the code").set_input_files(files=photo(content))


def aslant(content: bytes, degrees: int) -> bytes:
    """The picture turned, on a table of another colour."""
    table = {"expand": True, "fillcolor": "gray"}
    turned = Image.open(io.BytesIO(content)).rotate(
        degrees, Resampling.BICUBIC, **table
    )
    buffer = io.BytesIO()
    turned.save(buffer, "PNG")
    return buffer.getvalue()


def test_photo_goes_to_the_product(mug: Product, visit: Visit) -> None:
    page = visit("/dashboard")
    page.get_by_role("link", name="Scan a code").click()
    choose(page, ean13_picture(CODE))
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()


def test_photo_of_a_code_that_lies_aslant(mug: Product, visit: Visit) -> None:
    page = visit("/products/scan")
    choose(page, aslant(ean13_picture(CODE), 40))
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()


def test_photo_without_a_code_says_what_to_do(mug: Product, visit: Visit) -> None:
    page = visit("/products/scan")
    choose(page, image_bytes(size=(300, 200)))
    expect(page.get_by_role("status")).to_contain_text("No code in this photo.")
    choose(page, b"no picture")
    expect(page.get_by_role("status")).to_contain_text("can’t read this file")
    choose(page, ean13_picture(CODE))
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()


def test_camera_goes_to_the_product(mug: Product, visit: Visit, page: Page) -> None:
    picture = base64.b64encode(ean13_picture(CODE)).decode()
    page.add_init_script(CAMERA % picture)
    visit("/products/scan")
    expect(page.get_by_role("heading", name="Blue mug")).to_be_visible()


def test_camera_that_sees_no_code(visit: Visit, page: Page) -> None:
    picture = base64.b64encode(image_bytes(size=(300, 200))).decode()
    page.add_init_script(CAMERA % picture)
    visit("/products/scan")
    expect(page.get_by_label("What the camera sees")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Hold the code")
    page.get_by_label("Code", exact=True).fill(CODE)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"No product has the code “{CODE}”")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (NO_CAMERA % "NotAllowedError", "The camera is not allowed here."),
        (NO_CAMERA % "NotFoundError", "There is no camera to use here."),
        (NO_CAMERA % "NotReadableError", "There is no camera to use here."),
        (PLAIN_HTTP, "Browsers give the camera to https addresses only."),
    ],
)
def test_without_a_camera(visit: Visit, page: Page, script: str, words: str) -> None:
    page.add_init_script(script)
    visit("/products/scan")
    expect(page.get_by_role("status")).to_contain_text(words)
    expect(page.get_by_label("What the camera sees")).to_be_hidden()
    expect(page.get_by_label("Photo of the code")).to_be_visible()


def test_code_goes_back_to_the_document(visit: Visit, mug: Product) -> None:
    page = visit("/stock/receive")
    page.get_by_role("link", name="Camera").click()
    choose(page, ean13_picture(CODE))
    expect(page).to_have_url(re.compile("/stock/receive$"))
    expect(page.get_by_label("Quantity of Blue mug")).to_have_value("1")
    expect(page.locator("[data-scan-field]")).to_have_value("")
    scan(page, CODE)
    expect(page.get_by_label("Quantity of Blue mug")).to_have_value("2")
    expect(page.locator("[data-scan-field]")).to_have_value("")


def test_typed_code_goes_back_with_the_address_as_it_was(
    visit: Visit, page: Page
) -> None:
    page.add_init_script(TITLE_IS_SCAN)
    visit("/products/scan?next=/imports%3Fa=1")
    page.get_by_label("Code", exact=True).fill("A 1/2")
    page.get_by_role("button", name="Use this code").click()
    expect(page).to_have_title("A 1/2")
    expect(page).to_have_url(re.compile(r"/imports\?a=1$"))
