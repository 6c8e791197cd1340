"""Pictures of the main pages, from the demo shop: `make pictures`.

Each at a desk, light and dark, and on a phone, into docs/pictures/, with the page that
shows them. Whoever changes how a page looks runs it, and looks at what comes out.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from inventory_site.showing.demo import browsing, demo_shop, sign_in

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "pictures"
QUALITY = 82  # of WebP: letters stay sharp, and the whole folder is about a megabyte
MOST = 1_500_000  # bytes of all of them
LOOKS: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "": (1280, 800, "light"),
    "-dark": (1280, 800, "dark"),
    "-phone": (390, 844, "light"),
}
FILE = """sku,name,category,price,on_hand
FLK-VAC-500-RST,"Vacuum flask, 500 ml, rust",Outdoor > Camp kitchen,33.50,41
LNT-STM-GRN,"Storm lantern “Nattvakt”, moss green",Outdoor,44.00,12
NEW-JUG-1,"Stoneware jug “Bølge”, 1.2 l, oat",Kitchen,38.00,24
NEW-JUG-2,"Stoneware jug “Bølge”, 1.2 l, rust",Kitchen,38.00,18
NEW-JUG-3,"Stoneware jug “Bølge”, 1.2 l, fjord green",Kitchen,thirty-eight,9
"""


class Shot(NamedTuple):
    """A picture: the page, what is done there first, and what it shows."""

    name: str
    path: str
    caption: str
    act: Callable[[Page], None] = lambda page: None


def adjust(page: Page) -> None:
    page.get_by_role("link", name="Adjust stock").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Quantity").fill("2")
    dialog.get_by_label("Reason").select_option(index=1)


def preview(page: Page) -> None:
    file = FilePayload(name="spring.csv", mimeType="text/csv", buffer=FILE.encode())
    page.get_by_role("button", name="File").set_input_files(files=[file])
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Preview")


def count(page: Page) -> None:
    page.get_by_label("SKU or barcode").fill("WSK-BAM-100")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bamboo whisk")).to_be_visible()


def shots() -> list[Shot]:
    month_ago = datetime.now(UTC).date() - timedelta(days=30)
    return [
        Shot("dashboard", "/dashboard", "The dashboard: figures, filters, products"),
        Shot("product", "/products/1", "A product: every number opens into its sum"),
        Shot("edit", "/edit_product/1", "Editing it"),
        Shot("adjust", "/products/1", "Adjusting its stock", adjust),
        Shot("import", "/imports/new", "What an import would do, row by row", preview),
        Shot("count", "/stock/counts/2/count", "Counting, by scanner or thumb", count),
        Shot("transfer", "/stock/transfers/1", "A transfer that arrived in part"),
        Shot("stock-at", f"/reports/stock?at={month_ago}", "Stock at any past date"),
        Shot(
            "history", "/stock/operations", "Everything that was done, and the way back"
        ),
    ]


def take(page: Page, shop: str, shot: Shot) -> None:
    for suffix, (width, height, scheme) in LOOKS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.goto(shop + shot.path)
        shot.act(page)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        picture.save(FOLDER / f"{shot.name}{suffix}.webp", quality=QUALITY, method=6)
    sys.stdout.write(f"{shot.name}\n")


def new_page(browser: Browser) -> Page:
    return browser.new_page(reduced_motion="reduce", locale="en-GB")


def write_page(taken: list[Shot]) -> None:
    lines = ["# Pictures", "", "Of the demo shop, made by `make pictures`.", ""]
    for shot in taken:
        wide, dark, phone = (f"pictures/{shot.name}{suffix}.webp" for suffix in LOOKS)
        lines += [f"## {shot.caption}", "", f"![Light, at a desk]({wide})"]
        lines += [f"![Dark]({dark}) ![On a phone]({phone})", ""]
    (DOCS / "pictures.md").write_text("\n".join(lines))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    door = Shot("sign-in", "/login", "Signing in")
    empty = Shot("empty", "/dashboard", "A shop with nothing on the shelves yet")
    pages = shots()
    with browsing() as browser:
        with demo_shop() as shop:
            take(new_page(browser), shop, door)
            page = new_page(browser)
            sign_in(page, shop)
            for shot in pages:
                take(page, shop, shot)
        with demo_shop(is_empty=True) as shop:
            page = new_page(browser)
            sign_in(page, shop)
            take(page, shop, empty)
    write_page([*pages, door, empty])
    size = sum(path.stat().st_size for path in FOLDER.glob("*.webp"))
    sys.stdout.write(f"{size:,} bytes in {FOLDER.name}/\n")
    if size > MOST:
        sys.exit(f"More than {MOST:,} bytes: make them smaller.")


if __name__ == "__main__":
    main()
