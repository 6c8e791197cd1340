"""Sessions, throttles and what the doors tell, asked of a real server over the wire."""

import re
import shutil
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from inventory_site.tests.manage import manage
from inventory_site.tests.serving import free_port, serving

PASSWORD = "seven grey herons"
OWNER = "olga@example.com"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# What differs in every answer: tokens, and the address typed in.
FLEETING = re.compile(r'value="[^"]*"|"X-CSRFToken": "\w+"')


class Answer(NamedTuple):
    status: int
    location: str
    cookies: frozenset[str]
    body: str


class Browser:
    """Keeps cookies, follows nothing, says what it was told."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None, **more: str
    ) -> Answer:
        headers = {"Host": "localhost", "Referer": "http://localhost/", **more}
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, form and urlencode(form), headers)
        response = connection.getresponse()
        given = response.headers.get_all("Set-Cookie") or []
        pairs = [line.partition(";")[0].partition("=") for line in given]
        self.cookies |= {name: value for name, _sign, value in pairs}
        answer = Answer(
            response.status,
            response.headers.get("Location", ""),
            frozenset(name for name, _sign, _value in pairs),
            response.read().decode(),
        )
        connection.close()
        return answer

    def post(self, path: str, form: dict[str, str], **more: str) -> Answer:
        pages = (self.ask("GET", page).body for page in ("/login", "/account/profile"))
        token = next(filter(None, map(TOKEN.search, pages)))
        return self.ask("POST", path, form | {"csrfmiddlewaretoken": token[1]}, **more)

    def sign_in(
        self, password: str = PASSWORD, email: str = OWNER, **more: str
    ) -> Answer:
        return self.post("/login", {"email": email, "password": password}, **more)

    @property
    def is_in(self) -> bool:
        return self.ask("GET", "/account/profile").status == HTTPStatus.OK


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop's database with one superuser."""
    folder = tmp_path_factory.mktemp("shop")
    manage(folder, "migrate", "--verbosity=0")
    manage(
        folder,
        "createsuperuser",
        "--noinput",
        DJANGO_SUPERUSER_EMAIL=OWNER,
        DJANGO_SUPERUSER_NAME="Olga",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )
    return folder / "shop.sqlite3"


@pytest.fixture
def shop(
    database: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[int]:
    """The port of a shop of its own; a test may name its EMAIL_URL."""
    shutil.copy(database, tmp_path)
    port = free_port()
    mail = getattr(request, "param", "")
    with serving(tmp_path, port, SECURE_SSL_REDIRECT="false", EMAIL_URL=mail):
        yield port


def test_session_ends_where_it_is_ended(shop: int) -> None:
    lost, here = Browser(shop), Browser(shop)
    assert lost.sign_in().location == here.sign_in().location == "/dashboard"
    stolen = dict(lost.cookies)
    here.post("/account/sessions/others/end", {})
    assert here.is_in
    assert not lost.is_in
    lost.cookies = stolen
    assert not lost.is_in
    left = dict(here.cookies)
    here.post("/logout", {})
    here.cookies = left
    assert not here.is_in


def test_sign_in_gives_a_new_session_key(shop: int) -> None:
    browser = Browser(shop)
    browser.cookies["sessionid"] = "x" * 32
    browser.sign_in()
    assert browser.cookies["sessionid"] != "x" * 32


def test_form_without_its_token_is_refused_and_no_target_is_followed(
    shop: int,
) -> None:
    browser = Browser(shop)
    form = {"email": OWNER, "password": PASSWORD}
    assert browser.ask("POST", "/login", form).status == HTTPStatus.FORBIDDEN
    assert not browser.is_in
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = Browser(shop).post("/login", form | {"next": target})
        assert answer.location == "/dashboard"


def test_throttle_counts_whatever_the_client_says_of_itself(shop: int) -> None:
    """By each door and each header; a device that was in before is not locked out."""
    known = Browser(shop)
    known.sign_in()
    known.post("/logout", {})
    for attempt in range(5):
        answer = Browser(shop).sign_in(
            "wrong",
            **{"X-Forwarded-For": f"10.0.0.{attempt}", "User-Agent": str(attempt)},
        )
        assert "do not match" in answer.body
    refused = Browser(shop).sign_in(**{"X-Forwarded-For": "10.0.0.9"})
    assert "That was too often." in refused.body
    door = Browser(shop).post(
        "/admin/login/?next=/admin/", {"username": OWNER, "password": PASSWORD}
    )
    assert door.location.startswith("/login?next=")
    assert known.sign_in().location == "/dashboard"


@pytest.mark.parametrize("shop", ["dummymail://"], indirect=True)
def test_no_door_tells_whether_there_is_an_account(shop: int) -> None:
    doors: dict[str, dict[str, str]] = {
        "/login": {"password": "wrong"},
        "/register": {"name": "N", "password": "eight brown owls"},
        "/account/password/reset": {},
    }
    for door, form in doors.items():
        known, unknown = (
            Browser(shop).post(door, form | {"email": email})
            for email in (OWNER, "nova@example.com")
        )
        assert FLEETING.sub("", known.body) == FLEETING.sub("", unknown.body)
        assert known[:3] == unknown[:3]
