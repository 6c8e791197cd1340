"""The fonts that are cut out hold what the pages name."""

import re

from inventory_site import fonts
from inventory_site.tests.sources import CODE, TEMPLATES

# Those written out; a page that shows another gets the whole font.
NAMED = re.compile(r'\bbi bi-([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"')


def test_every_icon_that_is_written_out_is_in_the_small_font() -> None:
    points = fonts.code_points()
    styles = fonts.STYLES.read_text()
    missing = {
        name
        for path in (*TEMPLATES, *CODE)
        for name in map("".join, NAMED.findall(path.read_text()))
        if f"U+{points[name].upper()}" not in styles
        or f'.bi-{name}::before {{ content: "\\{points[name]}"; }}' not in styles
    }
    assert not missing, "run `make fonts`"


def test_icons_named_in_scripts_and_python_are_found_as_well() -> None:
    assert {"truck", "check-circle-fill", "cup-hot", "dot"} <= fonts.named_icons()
