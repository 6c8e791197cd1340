"""The page of an import in each of its states: nothing for axe to find."""

from collections.abc import Callable, Mapping

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from products.importing.tasks import start_applying
from products.models import ImportRun, Product
from products.tests.factories import make_product
from products.tests.importing.files import TESS, plan_text, upload_text

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    "sku,name,price,category,on_hand,barcode,colour\n"
    "NEW,Mug,1,Kitchen > Mugs,5,4.0E+12,red\nOLD,Cup,2,,9,,\nSAME,Pot,1,,0,,\n"
    "BAD,Jug,x,,,,\n"
)
FITS = """
(({scrollWidth, clientWidth}) => scrollWidth <= clientWidth)(document.documentElement)
"""
SECTIONS = ("new", "changed", "unchanged", "refused", "notes")
STATES: Mapping[str, Mapping[str, object]] = {
    "uploaded": {},
    "planning": {"progress_done": 40, "progress_total": 100},
    "queued": {},
    "applying": {"report": {"seconds": 9}},
    "stuck": {"state": "planning", "alive_at": "2020-01-01T00:00:00Z"},
    "cancelling": {"state": "planning", "is_cancelling": True},
    "discarded": {},
    "failed": {"problem": "The file is empty."},
}
Visit = Callable[[str], Page]
Assert = Callable[[Page], None]


@pytest.fixture
def run() -> ImportRun:
    make_product(sku="OLD", name="Cup", price=1, stock=4)
    make_product(sku="SAME", name="Pot", price=1)
    return plan_text(TEXT, sets_stock=True)


def assert_in_both_themes(page: Page, assert_accessible: Assert) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
            assert_accessible(page)
        assert page.evaluate(FITS)


@pytest.mark.parametrize("section", SECTIONS)
def test_preview(
    run: ImportRun, visit: Visit, assert_accessible: Assert, section: str
) -> None:
    page = visit(f"{run.get_absolute_url()}?show={section}")
    assert_in_both_themes(page, assert_accessible)


@pytest.mark.parametrize("section", SECTIONS)
def test_applied(
    run: ImportRun, visit: Visit, assert_accessible: Assert, section: str
) -> None:
    start_applying(run, TESS)
    page = visit(f"{run.get_absolute_url()}?show={section}")
    assert_in_both_themes(page, assert_accessible)


@pytest.mark.parametrize("state", STATES)
def test_other_states(visit: Visit, assert_accessible: Assert, state: str) -> None:
    run = upload_text(TEXT)
    values = {"state": state, "alive_at": timezone.now()} | STATES[state]
    ImportRun.objects.filter(pk=run.pk).update(**values)
    page = visit(run.get_absolute_url())
    assert_in_both_themes(page, assert_accessible)


def test_changed_since_the_preview(
    run: ImportRun, visit: Visit, assert_accessible: Assert
) -> None:
    Product.objects.filter(sku="OLD").update(price=7, version=9)
    start_applying(run, TESS)
    page = visit(run.get_absolute_url())
    assert_in_both_themes(page, assert_accessible)


def test_a_search_without_result(
    run: ImportRun, visit: Visit, assert_accessible: Assert
) -> None:
    page = visit(f"{run.get_absolute_url()}?find=nothing")
    assert_in_both_themes(page, assert_accessible)


@pytest.mark.parametrize("section", ["new", "changed", "refused", "notes"])
def test_the_longest_texts_stay_on_the_page(visit: Visit, section: str) -> None:
    word = "Donaudampfschifffahrtselektrizitäten" * 3
    old = make_product(sku=f"X{word}"[:100], name="Cup", price=1, stock=1_000_000)
    rows = [
        f"N{word}"[:100]
        + f",{word * 2},9999999999.99,{word} > {word},999999999,{word},",
        f"{old.sku},{word * 2},9999999999.99,{word},0,,",
        f"R{word}"[:100] + f",{word * 9},{word},,{word},,",
    ]
    run = plan_text(TEXT.partition("\n")[0] + "\n" + "\n".join(rows), sets_stock=True)
    page = visit(f"{run.get_absolute_url()}?show={section}")
    for width in (1280, 640, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(FITS), width


def test_the_list(run: ImportRun, visit: Visit, assert_accessible: Assert) -> None:
    start_applying(run, TESS)
    plan_text(TEXT, file_name="a-name-without-any-blank-" * 8 + ".csv")
    assert_in_both_themes(visit("/imports"), assert_accessible)
