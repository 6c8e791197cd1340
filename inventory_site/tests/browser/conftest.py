"""How every page must stand, whatever is on it."""

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from inventory_site.tests.browser.looks import (
    ALL_LOOKS,
    HEIGHT,
    OUT_OF_SIGHT,
    ZOOMED,
    Look,
)


@pytest.fixture
def assert_stands(
    assert_accessible: Callable[[Page], None],
) -> Callable[..., None]:
    """Looks at the page as it is: nothing out of sight, nothing for axe to find.

    It fits at every width, zoomed in too; axe sees it in each of `looks`.
    """

    def _assert_stands(page: Page, looks: Sequence[Look] = ALL_LOOKS) -> None:
        for width, scheme in looks:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
            assert not page.evaluate(OUT_OF_SIGHT), f"out of sight at {width}"
            assert_accessible(page)
        for width in ZOOMED:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert not page.evaluate(OUT_OF_SIGHT), f"out of sight at {width}"

    return _assert_stands
