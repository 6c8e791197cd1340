"""What a page shows has its rules, though `make styles` and `make fonts` cut."""

from playwright.sync_api import Page

from inventory_site.styles import CLASS, CUT, WHOLE
from inventory_site.tests.sheets import rules

LOST = {one for _, one, _ in rules(WHOLE)} - {one for _, one, _ in rules(CUT)}
CLASSES = """
[...document.querySelectorAll("body [class]")].flatMap(({classList}) => [...classList])
"""
BLANK_ICONS = """
[...document.querySelectorAll(".bi")]
  .filter((icon) => getComputedStyle(icon, "::before").content === "none")
  .map((icon) => icon.className)
"""


def missing(page: Page) -> list[str]:
    """Return selectors that were cut and may match, and icons without a sign."""
    classes = set(page.evaluate(CLASSES))
    lost = [one for one in LOST if classes.issuperset(CLASS.findall(one))]
    blank: list[str] = page.evaluate(BLANK_ICONS)
    return lost + blank
