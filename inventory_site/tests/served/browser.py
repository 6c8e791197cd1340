"""A browser of few words: keeps cookies, follows nothing, tells what it was told."""

import itertools
import re
from http import HTTPStatus
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode

PASSWORD = "seven grey herons"
OWNER = "olga@example.com"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FORM = "application/x-www-form-urlencoded"
_machines = itertools.count(1)


class Answer(NamedTuple):
    status: int
    location: str
    cookies: frozenset[str]
    body: str


class Browser:
    """One machine of its own, behind the proxy that the shop trusts.

    `address` is what the proxy says of it; "" leaves its header out.
    """

    def __init__(self, port: int, address: str | None = None) -> None:
        self.port = port
        number = next(_machines)
        fresh = f"10.9.{number // 250}.{number % 250 + 1}"
        self.address = fresh if address is None else address
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None, **more: str
    ) -> Answer:
        headers = {"Host": "localhost", "Referer": "http://localhost/"}
        if self.address:
            headers["X-Forwarded-For"] = self.address
        if form is not None:
            headers["Content-Type"] = FORM
        headers |= more
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, form and urlencode(form), headers)
        response = connection.getresponse()
        given = response.headers.get_all("Set-Cookie") or []
        pairs = [line.partition(";")[0].partition("=") for line in given]
        for name, _sign, value in pairs:
            self.cookies[name] = value
        self.cookies = {k: v for k, v in self.cookies.items() if v not in {"", '""'}}
        answer = Answer(
            response.status,
            response.headers.get("Location", ""),
            frozenset(name for name, _sign, _value in pairs),
            response.read().decode(errors="replace"),
        )
        connection.close()
        return answer

    def token(self) -> str:
        """Return a token as a page of this browser carries it."""
        return self.token_of("/login") or self.token_of("/account/profile")

    def token_of(self, path: str) -> str:
        found = TOKEN.search(self.ask("GET", path).body)
        return found[1] if found else ""

    def post(self, path: str, form: dict[str, str], **more: str) -> Answer:
        sent = form | {"csrfmiddlewaretoken": self.token()}
        return self.ask("POST", path, sent, **more)

    def sign_in(
        self, password: str = PASSWORD, email: str = OWNER, **more: str
    ) -> Answer:
        return self.post("/login", {"email": email, "password": password}, **more)

    @property
    def is_in(self) -> bool:
        return self.ask("GET", "/account/profile").status == HTTPStatus.OK
