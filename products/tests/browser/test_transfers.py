"""A transfer between two people: Ada sends, Carl receives, Ada sees what came."""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from playwright.sync_api import Locator, Page, expect

from products.models import Product, Transfer
from products.tests.browser.wedge import scan
from products.tests.factories import make_product, reload
from products.tests.transfers import back_room, sent

Visit = Callable[[str], Page]
Window = Callable[[AbstractBaseUser], Page]


def row_of(page: Page, product: Product) -> Locator:
    return page.locator("tr", has_text=product.sku)


def figures(page: Page, product: Product) -> list[str]:
    return row_of(page, product).locator("td.num").all_inner_texts()


def write_and_send(page: Page, *wanted: tuple[Product, str]) -> None:
    """Scan each product, type how many, and send them on their way."""
    expect(page.locator("[data-scan-field]")).to_be_focused()
    for product, units in wanted:
        scan(page, product.barcode)
        page.get_by_label(f"Quantity of {product.name}").fill(units)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Nothing moves before you send it")).to_be_visible()
    page.get_by_role("button", name="Send 7 units").click()
    expect(page.get_by_text("is on the way to Back room")).to_be_visible()


def go_to_receiving(page: Page) -> None:
    page.goto("/stock/transfers")
    page.get_by_role("link", name=str(Transfer.objects.get())).click()
    page.get_by_role("link", name="Receive", exact=True).last.click()
    expect(page.locator("[data-scan-field]")).to_be_focused()


def test_sent_by_one_and_received_by_another(
    visit: Visit, window_of: Window, clerk: AbstractBaseUser
) -> None:
    back_room()
    mug = make_product(name="Mug", barcode="MUG-001", stock=9)
    cup = make_product(name="Cup", barcode="CUP-001", stock=9)
    ada, carl = visit("/stock/transfers/new"), window_of(clerk)
    write_and_send(ada, (mug, "3"), (cup, "4"))

    go_to_receiving(carl)
    for units in range(1, 4):
        scan(carl, mug.barcode)
        expect(carl.get_by_label("Arrived of Mug")).to_have_value(str(units))
    carl.get_by_label("Arrived of Cup").fill("2")
    expect(row_of(carl, cup)).to_contain_text("2 fewer")
    carl.get_by_label("If fewer of Cup came").select_option("The rest is lost")
    carl.get_by_role("button", name="Receive", exact=True).click()
    expect(carl.get_by_text("Say in a few words why it differs").first).to_be_visible()
    expect(carl.get_by_label("Arrived of Cup")).to_have_value("2")
    carl.get_by_label("Reason for the difference").fill("The box was open")
    carl.get_by_role("button", name="Receive", exact=True).click()
    expect(carl.get_by_text("5 units of")).to_be_visible()

    ada.reload()
    expect(ada.get_by_text("“The box was open”")).to_be_visible()
    expect(ada.get_by_role("main")).to_contain_text("Carl Clerk")
    assert figures(ada, mug) == ["3", "3", "0", "0"]
    assert figures(ada, cup) == ["4", "2", "2", "0"]
    assert reload(cup).on_hand == 7


def test_what_is_scanned_but_was_not_sent(visit: Visit) -> None:
    make_product(name="Cup", barcode="CUP-001", stock=9)
    transfer = sent((make_product(name="Mug", stock=9), 3))
    page = visit(f"/stock/transfers/{transfer.pk}/receive")
    scan(page, "CUP-001")
    expect(page.get_by_role("status").last).to_contain_text("is not on this transfer")
    scan(page, "NOBODY-1")
    expect(page.get_by_role("status").last).to_contain_text("No product has the code")


def test_draft_is_not_offered_again(visit: Visit) -> None:
    """The tab keeps lines on the way to the camera, not once a draft keeps them."""
    back_room()
    make_product(name="Mug", barcode="MUG-001")
    page = visit("/stock/transfers/new")
    scan(page, "MUG-001")
    expect(page.locator("[data-lines] tr")).to_have_count(1)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Nothing moves before you send it")).to_be_visible()
    visit("/stock/transfers/new")
    expect(page.get_by_text("Nothing is in it yet")).to_be_visible()


def test_counts_outlive_the_way_to_the_camera(visit: Visit) -> None:
    mug = make_product(name="Mug", barcode="MUG-001", stock=9)
    transfer = sent((mug, 5))
    address = f"/stock/transfers/{transfer.pk}/receive"
    page = visit(address)
    page.get_by_label("Arrived of Mug").fill("2")
    page.get_by_label("Reason for the difference").fill("The box was open")
    page.get_by_role("link", name="Camera").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Receive")
    visit(f"{address}?scan=MUG-001")
    expect(page.get_by_label("Arrived of Mug")).to_have_value("3")
    expect(page.get_by_label("Reason for the difference")).to_have_value(
        "The box was open"
    )


def test_what_is_not_seen_is_not_lost(visit: Visit) -> None:
    """“Lost” goes with the number it was chosen for."""
    transfer = sent((make_product(name="Mug", stock=9), 5))
    page = visit(f"/stock/transfers/{transfer.pk}/receive")
    rest = page.get_by_label("If fewer of Mug came")
    expect(rest).to_be_hidden()
    page.get_by_label("Arrived of Mug").fill("2")
    rest.select_option("The rest is lost")
    page.get_by_label("Arrived of Mug").fill("")
    expect(rest).to_be_hidden()
    expect(rest).to_have_value("coming")
