"""What a page weighs on its way to the browser, from the server that we ship."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from inventory_site.tests.serving import free_port, manage, serving, shop_of

FIRST = 200_000  # bytes of a first visit, everything included
LATER = 40_000  # bytes of each page after it
MOST_SHIFT = 0.02  # a fifth of what is called good; a passkey's button comes late
EMAIL, PASSWORD = "admin@demo.example", "try-the-demo"
LATER_PAGES = ("/products/1", "/stock/movements", "/reports/stock", "/imports/new")

# Every layout shift that no hand caused.
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries())
    if (!one.hadRecentInput) window.shifts += one.value;
}).observe({type: "layout-shift", buffered: true});
"""
# What waited for another file before it could be asked for at all.
CHAINED_STYLES = """
[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule instanceof CSSImportRule).length
"""
BLOCKING_SCRIPTS = """
[...document.querySelectorAll("script[src]:not([defer]):not([async]):not([type=module])")]
  .map((script) => script.src.split("/").pop().split(".")[0])
"""


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo shop, with collected static files."""
    folder = tmp_path_factory.mktemp("shop")
    env = {
        "DJANGO_SETTINGS_MODULE": "inventory_site.tests.settings_collected",
        "TEST_STATIC_ROOT": str(folder / "static"),
        "DEMO": "true",
        "SECURE_SSL_REDIRECT": "false",
        "MEDIA_ROOT": str(folder / "media"),
    }
    given = shop_of(folder, **env)
    manage("migrate", "--verbosity", "0", shop=given)
    manage("load_demo", shop=given)
    manage("create_demo_people", shop=given)
    manage("collectstatic", "--noinput", "--verbosity", "0", shop=given)
    port = free_port()
    with serving(folder, port, **env):
        yield f"http://localhost:{port}"


class Visit:
    """A browser that has never been here; says what pages weigh, with their heads."""

    def __init__(self, page: Page, shop: str) -> None:
        self._page, self._shop = page, shop
        self._weight = 0.0
        page.add_init_script(SHIFTS)
        session = page.context.new_cdp_session(page)
        session.on("Network.loadingFinished", self._add)
        session.send("Network.enable")

    def _add(self, event: dict[str, Any]) -> None:
        self._weight += event["encodedDataLength"]

    def weigh(self, path: str) -> float:
        """Open the page and return its bytes, once it stands."""
        self._page.goto(self._shop + path)
        return self.settle()

    def settle(self) -> float:
        self._page.wait_for_load_state("networkidle")
        self._page.evaluate("document.fonts.ready")
        shifts = self._page.evaluate("window.shifts")
        assert shifts <= MOST_SHIFT, f"{self._page.url} moves while it loads: {shifts}"
        weight, self._weight = self._weight, 0.0
        return weight


def sign_in(page: Page) -> None:
    page.locator("input[type=email]").fill(EMAIL)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url("**/dashboard")


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_light_and_stand_still(page: Page, shop: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit = Visit(page, shop)
    assert visit.weigh("/login") < FIRST
    sign_in(page)
    visit.settle()
    for path in LATER_PAGES:
        assert visit.weigh(path) < LATER, path
    assert visit.weigh("/dashboard") < LATER


def test_the_first_visit_of_somebody_signed_in_is_light(page: Page, shop: str) -> None:
    page.goto(f"{shop}/login")
    sign_in(page)
    cookies = page.context.cookies()
    assert page.context.browser
    with page.context.browser.new_context() as fresh:
        fresh.add_cookies(cookies)
        assert Visit(fresh.new_page(), shop).weigh("/dashboard") < FIRST


def test_nothing_waits_for_a_file_behind_a_file(page: Page, shop: str) -> None:
    page.goto(f"{shop}/login")
    assert page.evaluate(CHAINED_STYLES) == 0
    # It chooses light or dark before anything is painted.
    assert page.evaluate(BLOCKING_SCRIPTS) == ["theme"]
    answers: list[tuple[str, dict[str, str]]] = []
    page.on("response", lambda answer: answers.append((answer.url, answer.headers)))
    page.reload()
    page.wait_for_load_state("networkidle")
    static = [(url, headers) for url, headers in answers if "/static/" in url]
    assert static
    for url, headers in static:
        assert "immutable" in headers["cache-control"], url
