"""How devices are named, and by what they are known again."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from accounts.devices import (
    PEOPLE_KEPT,
    device_key,
    device_key_of_email,
    device_name,
    place_name,
    remember_device,
)
from accounts.models import User
from accounts.tests.people import make_user

MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            f"{MOZILLA} (Windows NT 10.0; Win64) Gecko/2 Firefox/140.0",
            "Firefox on Windows",
        ),
        (f"{MOZILLA} (X11; Linux x86_64) Chrome/140 Safari/537.36", "Chrome on Linux"),
        (f"{MOZILLA} (Windows NT 10.0) Chrome/140 Safari/5 Edg/140", "Edge on Windows"),
        (
            f"{MOZILLA} (Linux; Android 15) Chrome/140 Mobile Safari/5",
            "Chrome on Android",
        ),
        (f"{MOZILLA} (iPhone; like Mac OS X) Version/18 Safari/6", "Safari on iPhone"),
        (f"{MOZILLA} (Macintosh; Mac OS X 10) Version/18 Safari/6", "Safari on macOS"),
        ("curl/8.5", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_device_name(agent: str, name: str) -> None:
    assert device_name(agent) == name


@pytest.mark.parametrize(
    ("ip", "place"),
    [
        ("127.0.0.1", "The server itself"),
        ("::1", "The server itself"),
        ("192.168.1.20", "Local network, 192.168.1.20"),
        ("93.184.216.34", "93.184.216.34"),
        ("nonsense", "nonsense"),
    ],
)
def test_place_name(ip: str, place: str) -> None:
    assert place_name(ip) == place


def after(*people: User, cookie: str = "") -> RequestFactory:
    """A browser in which these people have signed in, one after the other."""
    browser = RequestFactory()
    if cookie:
        browser.cookies["device"] = cookie
    for person in people:
        response = HttpResponse()
        remember_device(browser.get("/"), response, person)
        browser.cookies["device"] = response.cookies["device"].value
    return browser


@pytest.mark.django_db
def test_device_is_known_to_the_person_alone() -> None:
    nora, zoe = make_user(), make_user("zoe@example.com")
    browser = after(nora)
    assert device_key(browser.get("/"), nora)
    assert not device_key(browser.get("/"), zoe)
    assert device_key_of_email(browser.get("/"), "NORA@example.com")
    assert not device_key_of_email(browser.get("/"), "zoe@example.com")
    assert not device_key_of_email(browser.get("/"), "nora@example.com\0")


@pytest.mark.django_db
def test_number_stays_and_differs_between_devices() -> None:
    nora = make_user()
    browser, again = after(nora), after(nora, nora)
    key = device_key(browser.get("/"), nora)
    kept = after(nora, cookie=browser.cookies["device"].value)
    assert device_key(kept.get("/"), nora) == key
    assert device_key(again.get("/"), nora) != key


@pytest.mark.django_db
def test_last_people_of_a_shared_browser_are_kept() -> None:
    people = [make_user(f"p{n}@example.com") for n in range(PEOPLE_KEPT + 1)]
    browser = after(*people)
    known = [bool(device_key(browser.get("/"), person)) for person in people]
    assert known == [False] + [True] * PEOPLE_KEPT


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["", "x", "e30:1x:y", "\xe9"])
def test_forged_cookie_is_worth_nothing(cookie: str) -> None:
    browser = RequestFactory()
    browser.cookies["device"] = cookie
    assert not device_key(browser.get("/"), make_user())


@pytest.mark.django_db
def test_cookie_is_out_of_reach_for_scripts(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    response = HttpResponse()
    remember_device(RequestFactory().get("/"), response, make_user())
    cookie = response.cookies["device"]
    assert (cookie["httponly"], cookie["secure"]) == (True, True)
    assert cookie["samesite"] == "Lax"
