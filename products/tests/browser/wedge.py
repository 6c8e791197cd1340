"""A scanner that types: trusted keys at times of our own, however busy the machine."""

import time

from playwright.sync_api import Page

ENTER = {"key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13}


def scan(
    page: Page,
    code: str,
    *,
    gap: float = 0.01,
    hiccup: float = 0,
    end: int = 1,
    held: bool = False,
) -> None:
    """Send the keys of `code`, `gap` seconds apart, and Enter `end` times.

    After the first key there are `hiccup` seconds more, as of a wireless scanner. With
    `held`, the keys are of one that somebody leans on. Nobody scans before the page is
    there: its scripts listen once it has loaded.
    """
    page.wait_for_load_state()
    browser = page.context.new_cdp_session(page)
    keys = [{"key": char, "text": char, "autoRepeat": held} for char in code] + [
        ENTER
    ] * end
    began = time.time()
    for number, key in enumerate(keys):
        stamp = began + number * gap + (hiccup if number else 0)
        for kind in ("keyDown", "keyUp"):
            event = key if kind == "keyDown" else key | {"text": ""}
            browser.send(
                "Input.dispatchKeyEvent", {"type": kind, "timestamp": stamp, **event}
            )
