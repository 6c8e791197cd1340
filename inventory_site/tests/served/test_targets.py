"""Nothing a client writes leads off the site, into a page or into a mail."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from inventory_site.tests.served.browser import OWNER, PASSWORD, Browser
from inventory_site.tests.served.people import FOLLOWERS, email_of

EVIL = [
    "https://evil.example/",
    "http:evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    " //evil.example",
    "//localhost@evil.example",
    "//localhost\\@evil.example",
    "https://localhost.evil.example/",
    "https://localhost:443@evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/dashboard\r\nSet-Cookie: a=b",
    "//evil。example",
    "//[::1",
]


def is_ours(location: str) -> bool:
    """Whether every browser stays on the site that follows it."""
    return bool(re.fullmatch(r"(http://localhost)?/([^/\\\s][^\s\\]*)?", location))


@pytest.mark.parametrize("target", EVIL)
def test_next_stays_inside(shop: int, target: str) -> None:
    browser = Browser(shop)
    query = urlencode({"next": target})
    person = FOLLOWERS[EVIL.index(target) % len(FOLLOWERS)]
    form = {"email": email_of(person), "password": PASSWORD}
    signed_in = browser.post(f"/login?{query}", form | {"next": target})
    assert is_ours(signed_in.location)
    for path in ("/login", "/register", "/account/again/password", "/admin/login/"):
        asked = browser.ask("GET", f"{path}?{query}")
        assert asked.status in {200, 302, 403}  # a clerk has no business in the admin
        assert not asked.location or is_ours(asked.location)
    for path in ("/account/again/password", "/account/language", "/logout"):
        form = {"password": PASSWORD, "language": "de", "next": target}
        assert is_ours(browser.post(f"{path}?{query}", form).location)


@pytest.mark.parametrize("path", ["/login/", "//evil.example/", "/%5Cevil.example/"])
def test_slashes_lead_nowhere_else(shop: int, path: str) -> None:
    answer = Browser(shop).ask("GET", path)
    assert answer.status == 404 or answer.location == "/login"


def test_host_is_one_of_ours(shop: int) -> None:
    browser = Browser(shop)
    for host in (
        "evil.example",
        "localhost.evil.example",
        "localhost:a",
        "localhost@e",
    ):
        assert browser.ask("GET", "/login", Host=host).status == 400
    for name in ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL"):
        answer = browser.ask("GET", "/dashboard", **{name: "evil.example"})
        assert answer.location == "/login?next=/dashboard"
        assert "evil" not in browser.ask("GET", "/login", **{name: "evil.example"}).body


@pytest.mark.parametrize("door", ["/account/password/reset", "/register"])
def test_mails_lead_to_the_site(shop: int, outbox: Path, door: str) -> None:
    before = set(outbox.iterdir())
    form = {"email": OWNER, "name": "Olga", "password": "eight brown owls"}
    headers = {"Host": "localhost:666", "X-Forwarded-Host": "evil.example"}
    Browser(shop).post(door, form, Origin="http://localhost:666", **headers)
    (mail,) = set(outbox.iterdir()) - before
    links = re.findall(r"https?://\S+", mail.read_text())
    assert links
    assert all(link.startswith("https://shop.example/") for link in links)
