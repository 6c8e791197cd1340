"""Which language a page comes in: the profile, the cookie, the browser, the site's."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.tests.people import make_user, signed_in_as, speaking

pytestmark = pytest.mark.django_db

GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ({}, "en"),
        (GERMAN, "de"),
        ({"accept-language": "fr,de;q=0.4"}, "de"),
        ({"accept-language": "fr"}, "en"),
        ({"accept-language": "de\x00, " + "x" * 9000}, "en"),
    ],
)
def test_browser_is_asked(asked: dict[str, str], language: str) -> None:
    answer = Client().get("/login", headers=asked)
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]
    assert f'<html lang="{language}"' in answer.text


def test_cookie_goes_before_the_browser() -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/login", headers=GERMAN)["Content-Language"] == "en"


def test_profile_goes_before_both() -> None:
    client = speaking("de")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get("/dashboard", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "de"
    assert '<html lang="de"' in answer.text


def test_pages_that_are_not_there_speak_it_too() -> None:
    client = speaking("de")
    assert '<html lang="de"' in client.get("/nowhere").text


def test_without_a_choice_the_browser_is_asked() -> None:
    client = signed_in_as(make_user())
    assert client.get("/dashboard", headers=GERMAN)["Content-Language"] == "de"


def test_language_that_is_gone_is_as_none() -> None:
    client = speaking("tlh")
    assert client.get("/dashboard")["Content-Language"] == "en"


def test_one_request_leaves_nothing_for_the_next() -> None:
    german = speaking("de")
    stranger = Client()
    said = [
        client.get("/login", follow=True)["Content-Language"]
        for client in (german, stranger, german, stranger)
    ]
    assert said == ["de", "en", "de", "en"]


def test_choosing_it_in_the_profile_holds_at_once() -> None:
    client = signed_in_as(make_user())
    form = {"name": "Nora New", "language": "de"}
    answer = client.post("/account/profile", form, follow=True)
    assert answer["Content-Language"] == "de"
    assert "Ihr Profil ist gespeichert." in answer.text


def test_profile_takes_no_other_language() -> None:
    person = make_user()
    client = signed_in_as(person)
    client.post("/account/profile", {"name": "Nora New", "language": "tlh"})
    person.refresh_from_db()
    assert person.language == ""


def test_a_language_costs_no_query() -> None:
    clients = [
        speaking("", email="nora@example.com"),
        speaking("de", email="dora@example.com"),
    ]
    counts = []
    for client in clients:
        with CaptureQueriesContext(connection) as queries:
            client.get("/account/profile")
        counts.append(len(queries))
    assert counts[0] == counts[1]
