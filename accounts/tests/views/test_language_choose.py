import pytest
from django.test import Client

from accounts.tests.people import speaking

pytestmark = pytest.mark.django_db

URL = "/account/language"


def test_is_remembered_and_leads_back() -> None:
    client = Client()
    answer = client.post(URL, {"language": "de", "next": "/login?next=/dashboard"})
    assert (answer.status_code, answer["Location"]) == (302, "/login?next=/dashboard")
    assert client.get("/login")["Content-Language"] == "de"


def test_cookie_is_like_the_one_of_the_theme() -> None:
    cookie = (
        Client().post(URL, {"language": "de", "next": "/login"}).cookies["language"]
    )
    assert cookie["path"] == "/"
    assert cookie["max-age"] == 31_536_000
    assert cookie["samesite"] == "Lax"
    assert cookie["httponly"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", ""]
)
def test_leads_nowhere_else(elsewhere: str) -> None:
    answer = Client().post(URL, {"language": "de", "next": elsewhere})
    assert answer["Location"] == "/"


def test_unknown_language_changes_nothing() -> None:
    client = Client()
    answer = client.post(URL, {"language": "tlh", "next": "/login"})
    assert answer.status_code == 302
    assert "language" not in answer.cookies


def test_a_link_changes_nothing() -> None:
    assert Client().get(URL, {"language": "de"}).status_code == 405


def test_needs_the_token_of_the_form() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(URL, {"language": "de", "next": "/login"})
    assert answer.status_code == 403
    assert "language" not in answer.cookies


@pytest.mark.parametrize("door", ["/login", "/register", "/account/password/reset"])
def test_doors_offer_the_other_language(door: str) -> None:
    page = Client().get(door).text
    assert f'action="{URL}"' in page
    assert 'name="language" value="de" lang="de">Deutsch</button>' in page


def test_what_the_profile_says_goes_first() -> None:
    client = speaking("en")
    client.post(URL, {"language": "de", "next": "/dashboard"})
    assert client.get("/dashboard")["Content-Language"] == "en"
