"""The way from page to page: the words of one come before its scripts."""

from playwright.sync_api import Locator


def follow(target: Locator) -> None:
    """Click what leads to another page; return once the scripts of that one listen."""
    target.wait_for()
    target.page.wait_for_load_state()
    with target.page.expect_event("load"):
        target.click()
