"""A demo shop of its own, in a temporary folder, on a free port."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from inventory_site.tests.serving import free_port, manage, serving, shop_of

ADMIN, PASSWORD = "admin@demo.example", "try-the-demo"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Return where the machine has its Chromium; the environment may name it."""
    found = [path for name in CHROMIUM_NAMES if (path := which(name))]
    executable = os.environ.get("CHROMIUM") or next(iter(found), None)
    if executable is None:
        raise SystemExit("Chromium is needed: install it, or name it in CHROMIUM.")
    return executable


@contextmanager
def demo_shop(*, is_empty: bool = False) -> Iterator[str]:
    """Serve the demo as it is deployed; yields its address.

    An empty one has its people and nothing else.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        env = {
            "DJANGO_SETTINGS_MODULE": "inventory_site.tests.settings_collected",
            "TEST_STATIC_ROOT": str(folder / "static"),
            "DEMO": "true",
            "DEBUG": "false",
            "SHOP_NAME": "Linden & Loom",
            "CURRENCY": "EUR",
            "SECURE_SSL_REDIRECT": "false",
            "MEDIA_ROOT": str(folder / "media"),
        }
        given = shop_of(folder, **env)
        manage("migrate", "--verbosity", "0", shop=given)
        if not is_empty:
            manage("load_demo", shop=given)
        manage("create_demo_people", shop=given)
        manage("collectstatic", "--noinput", "--verbosity", "0", shop=given)
        port = free_port()
        with serving(folder, port, **env):
            yield f"http://localhost:{port}"


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def sign_in(page: Page, shop: str) -> None:
    page.goto(f"{shop}/login")
    page.locator("input[type=email]").fill(ADMIN)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard")
