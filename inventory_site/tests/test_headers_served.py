"""What every answer of a real server carries, behind a proxy that speaks https.

The Mozilla HTTP Observatory looks at the same headers and cookies.
"""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPMessage

import pytest

from inventory_site.tests.manage import manage
from inventory_site.tests.serving import free_port, serving, static_address

HTTPS = {"Host": "localhost", "X-Forwarded-Proto": "https"}
STATIC = static_address("css/base.css")
KEPT = {
    "Content-Security-Policy": None,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What the name says, how it is asked, the status it gets.
ANSWERS = [
    ("page", "GET", "/login", {}, 200),
    ("health", "GET", "/healthz", {}, 200),
    ("signed out", "GET", "/dashboard", {}, 302),
    ("media", "GET", "/media/products/a.webp", {}, 302),
    ("admin", "GET", "/admin/", {}, 302),
    ("shortcut", "GET", "/", {}, 302),
    ("slash", "GET", "/login/", {}, 301),
    ("static", "GET", STATIC, {}, 200),
    ("no static", "GET", "/static/css/none.css", {}, 404),
    ("static post", "POST", STATIC, {"Content-Length": "0"}, 405),
    ("static trace", "TRACE", STATIC, {}, 405),
    ("unknown", "GET", "/nothing", {}, 404),
    ("no token", "POST", "/login", {"Content-Length": "0"}, 403),
    ("too large", "POST", "/login", {"Content-Length": "300000000"}, 413),
    ("no length", "POST", "/login", {"Transfer-Encoding": "chunked"}, 411),
    ("trace", "TRACE", "/login", {}, 405),
    ("put", "PUT", "/login", {"Content-Length": "0"}, 405),
    ("foreign host", "GET", "/login", {"Host": "evil.example"}, 400),
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("shop")
    manage(folder, "migrate", "--verbosity=0")
    port = free_port()
    env = {"SECURE_SSL_REDIRECT": "true", "TRUSTED_PROXY_COUNT": "1"}
    with serving(folder, port, **env):
        yield port


def ask(
    port: int, method: str, path: str, headers: dict[str, str]
) -> tuple[int, HTTPMessage, bytes]:
    """Ask with just these headers; a body that is announced never comes."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        ended = b"0\r\n\r\n" if "Transfer-Encoding" in headers else b""
        connection.endheaders(ended)
        if not ended and headers.get("Content-Length", "0") != "0":
            connection.sock.shutdown(1)
        response = connection.getresponse()
        return response.status, response.headers, response.read()


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [one[1:] for one in ANSWERS],
    ids=[one[0] for one in ANSWERS],
)
def test_every_answer_is_guarded(
    port: int, method: str, path: str, more: dict[str, str], status: int
) -> None:
    got, headers, body = ask(port, method, path, HTTPS | more)
    assert got == status
    for name, value in KEPT.items():
        assert len(headers.get_all(name, [])) == 1, name
        assert value in {None, headers[name]}
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert b"Traceback" not in body
    if status == 405:
        assert headers["Allow"] in {"GET, HEAD", "GET, HEAD, POST"}
    if path != STATIC:
        assert "private" in headers["Cache-Control"]
        assert "no-store" in headers["Cache-Control"]


def test_http_is_sent_to_https_of_the_same_host(port: int) -> None:
    status, headers, _body = ask(port, "GET", "/login", {"Host": "localhost"})
    assert (status, headers["Location"]) == (301, "https://localhost/login")
    assert "Strict-Transport-Security" not in headers  # browsers ignore it there
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_belong_to_this_host_and_https_alone(port: int) -> None:
    _status, headers, _body = ask(port, "GET", "/login", HTTPS)
    cookies = headers.get_all("Set-Cookie", [])
    assert {line.partition("=")[0] for line in cookies} == {"__Host-csrftoken"}
    for line in cookies:
        words = {word.strip() for word in line.split(";")}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= words
        assert not [word for word in words if word.startswith("Domain")]


def test_override_headers_and_fields_change_no_method(port: int) -> None:
    for more in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        status, headers, body = ask(port, "GET", "/login", HTTPS | {more: "DELETE"})
        assert (status, b"<h1" in body) == (200, True)
        assert "Set-Cookie" in headers
    assert ask(port, "GET", "/login?_method=DELETE", HTTPS)[0] == 200
