"""When a session begins and ends, over the wire."""

import re

from inventory_site.tests.served.browser import PASSWORD, Browser
from inventory_site.tests.served.people import email_of


def open_two(shop: int, name: str) -> tuple[Browser, Browser]:
    found = Browser(shop), Browser(shop)
    for browser in found:
        assert browser.sign_in(email=email_of(name)).location == "/dashboard"
    return found


def number_of(owner: Browser, name: str) -> str:
    """Return the id of a person, from the list of people."""
    page = owner.ask("GET", f"/account/people?who={email_of(name)}").body
    found = re.search(r"/account/people/(\d+)/", page)
    assert found
    return found[1]


def test_signing_in_gives_a_new_key(shop: int) -> None:
    """Whoever planted a key, made up or from the shop itself, has nothing of it."""
    visitor = Browser(shop)
    visitor.post(
        "/register", {"name": "N", "email": "new@example.com", "password": PASSWORD}
    )
    planted = visitor.cookies["sessionid"]
    for key in (planted, "x" * 32):
        victim, thief = Browser(shop), Browser(shop)
        victim.cookies["sessionid"] = thief.cookies["sessionid"] = key
        victim.sign_in()
        assert victim.is_in
        assert victim.cookies["sessionid"] != key
        assert not thief.is_in


def test_signing_out_ends_it_on_the_server(shop: int) -> None:
    browser = Browser(shop)
    browser.sign_in()
    kept = dict(browser.cookies)
    browser.post("/logout", {})
    browser.cookies = kept
    assert not browser.is_in


def test_ending_others_ends_them(shop: int) -> None:
    lost, here = open_two(shop, "olga")
    stolen = dict(lost.cookies)
    again = "/account/again/password?next=/account/sessions"
    here.post(again, {"password": PASSWORD})
    here.post("/account/sessions/others/end", {})
    assert here.is_in
    lost.cookies = stolen
    assert not lost.is_in


def test_a_new_password_ends_the_others_at_once(shop: int) -> None:
    lost, here = open_two(shop, "clara")
    new = "eight brown owls"
    here.post(
        "/account/password",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert here.is_in
    assert not lost.is_in


def test_a_role_holds_from_the_next_request(shop: int) -> None:
    owner, admin = Browser(shop), Browser(shop)
    owner.sign_in()
    admin.sign_in(email=email_of("ada"))
    assert admin.ask("GET", "/add_product").status == 200
    role = f"/account/people/{number_of(owner, 'ada')}/role"
    assert owner.post(role, {"role": "Regular"}).status == 302
    assert admin.ask("GET", "/add_product").status == 403
    assert admin.ask("GET", "/admin/products/product/").status == 302


def test_deactivating_ends_every_session_for_good(shop: int) -> None:
    owner = Browser(shop)
    owner.sign_in()
    first, second = open_two(shop, "cleo")
    kept = dict(first.cookies)
    address = f"/account/people/{number_of(owner, 'cleo')}"
    owner.post(f"{address}/deactivate", {})
    assert not first.is_in
    assert not second.is_in
    owner.post(f"{address}/reactivate", {})
    first.cookies = kept
    assert not first.is_in
