"""How every page must stand, whatever is on it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inventory_site.tests.browser.looks import (
    ALL_LOOKS,
    HEIGHT,
    OUT_OF_SIGHT,
    WIDE,
    ZOOMED,
    Look,
)
from inventory_site.tests.browser.styled import missing

MEASURES = Path(__file__).with_name("measures.js").read_text()
LETTERS = 16  # CSS pixels
# 1280 × 800 at 200 % zoom.
AT_200_PERCENT = {"width": 640, "height": 400}

SET_DENSITY = "density => { document.documentElement.dataset.density = density; }"


def measured(page: Page, what: str) -> list[str]:
    """Return what one function of measures.js finds wrong."""
    found: list[str] = page.evaluate(f"() => {{ {MEASURES}; return {what}(); }}")
    return found


@contextmanager
def letters_of(page: Page, size: int) -> Iterator[None]:
    """As somebody has set who enlarges text alone."""
    browser = page.context.new_cdp_session(page)
    browser.send("Page.enable")
    for one in (size, LETTERS):
        sizes = {"standard": one, "fixed": one * 13 // 16}
        browser.send("Page.setFontSizes", {"fontSizes": sizes})
        if one == size:
            yield
    browser.detach()


@pytest.fixture
def assert_stands(
    assert_accessible: Callable[[Page], None],
) -> Callable[..., None]:
    """Looks at the page as it is: nothing out of sight, nothing for axe to find.

    It fits at every width, zoomed in and with larger letters too; axe sees it in each
    of `looks`; each target is large enough, the focus shows wherever it goes, and
    nothing moves for those who want no motion. No rule or icon was cut that it uses.
    """

    def _assert_stands(page: Page, looks: Sequence[Look] = ALL_LOOKS) -> None:
        page.wait_for_load_state()  # its words come before its styles
        assert not missing(page), "run `make styles` and `make fonts`"
        for width, scheme in looks:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
            assert not page.evaluate(OUT_OF_SIGHT), f"out of sight at {width}"
            assert not measured(page, "tooSmall"), f"too small at {width}"
            assert_accessible(page)
        for width in ZOOMED:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert not page.evaluate(OUT_OF_SIGHT), f"out of sight at {width}"
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        assert not measured(page, "moves"), "moves"
        page.evaluate(SET_DENSITY, "compact")
        assert not measured(page, "tooSmall"), "too small in compact rows"
        page.evaluate(SET_DENSITY, "")
        with letters_of(page, 2 * LETTERS):
            assert not page.evaluate(OUT_OF_SIGHT), "out of sight with large letters"
        page.keyboard.press("Tab")  # from now on the focus is the keyboard's
        assert not measured(page, "unseenFocus"), "focus does not show"
        page.set_viewport_size(AT_200_PERCENT)
        assert not measured(page, "unseenFocus"), "focus does not show at 200 %"

    return _assert_stands
