"""Light or dark: as the system says until somebody chooses, and never a flash."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[[str], Page]

# The theme at the moment the body begins, before which nothing is painted.
NOTE_FIRST_THEME = """
new MutationObserver((_changes, observer) => {
  if (!document.body) return;
  window.firstTheme = document.documentElement.dataset.bsTheme;
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def switch(page: Page) -> None:
    page.get_by_role("button", name="Switch between light and dark").first.click()


def expect_theme(page: Page, theme: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)


def test_follows_the_system_while_nobody_chose(visit: Visit) -> None:
    page = visit("/account/profile")
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        expect_theme(page, theme)


def test_choice_outlives_loading_anew_and_signing_out(visit: Visit) -> None:
    page = visit("/account/profile")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method))
    switch(page)
    expect_theme(page, "dark")
    page.reload()
    assert "POST" not in sent  # which is for those without scripts
    expect_theme(page, "dark")
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect_theme(page, "dark")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_theme_is_there_before_the_first_paint(theme: str, visit: Visit) -> None:
    page = visit("/account/profile")
    page.emulate_media(color_scheme=theme)
    page.add_init_script(NOTE_FIRST_THEME)
    page.reload()
    assert page.evaluate("firstTheme") == theme


def test_server_writes_the_choice_into_the_page(visit: Visit) -> None:
    page = visit("/account/profile")
    switch(page)
    answer = page.reload()
    assert answer is not None
    assert 'data-bs-theme="dark"' in answer.text()
