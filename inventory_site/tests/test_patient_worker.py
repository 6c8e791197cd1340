"""Clients that stall wait in the loop; the threads answer the others."""

import socket
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from inventory_site.patient_worker import LARGEST_FORM, LARGEST_HEAD, Arrival, judge
from inventory_site.tests.serving import free_port, manage, serving, shop_of
from inventory_site.tests.stalling import STALLS, ask_raw, stalling

HOST = "Host: localhost\r\nConnection: close\r\n"
PAGE = f"GET /login HTTP/1.1\r\n{HOST}\r\n"
POST = f"POST /login HTTP/1.1\r\n{HOST}"
CHUNKED = "Transfer-Encoding: chunked\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("shop")
    manage("migrate", "--verbosity=0", shop=shop_of(folder))
    port = free_port()
    with serving(folder, port, SECURE_SSL_REDIRECT="false"):
        yield port


@pytest.mark.parametrize("kind", STALLS)
def test_others_are_answered_while_many_stall(port: int, kind: str) -> None:
    """Before any of them is given up, which takes twice as long as `ask_raw` waits."""
    with stalling(kind, port):
        for _others in range(3):
            assert ask_raw(port, PAGE).startswith("HTTP/1.1 200")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (
            f"{POST}Content-Length: 5\r\n{CHUNKED}\r\n0\r\n\r\n",
            400,
        ),
        (f"{POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nemail=", 400),
        (f"{POST}Transfer-Encoding: chunked, identity\r\n\r\n", 400),
        (f"{POST}Content-Length: +5\r\n\r\nemail", 400),
        (f"GET /login HTTP/1.1\r\n{HOST}X-Long: {'x' * 9_000}\r\n\r\n", 431),
        (f"GET /login HTTP/1.1\r\n{HOST}X-Long: {'x' * 40_000}", 431),
        (f"GET /{'x' * 5_000} HTTP/1.1\r\n{HOST}\r\n", 414),
        ("no request at all\r\n\r\n", 400),
        (f"GET /login HTTP/1.1\r\n{HOST}No colon\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_is_refused_early(
    port: int, request_: str, status: int
) -> None:
    answer = ask_raw(port, request_)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "X-Content-Type-Options: nosniff" in answer
    assert "gunicorn" not in answer


def test_a_form_that_comes_byte_by_byte_behind_a_request(port: int) -> None:
    kept = (
        f"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n{POST}Content-Length: 9\r\n\r\n"
    )
    with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.sendall(f"{kept}em".encode())
        answer = b""
        while b"</html>" not in answer:
            answer += client.recv(1 << 16)
        for letter in "ail=a@b":
            client.sendall(letter.encode())
        answer += b"".join(iter(partial(client.recv, 1 << 16), b""))
    assert answer.count(b"HTTP/1.1 200 ") == 1
    assert answer.count(b"HTTP/1.1 403 ") == 1  # without a token


def test_requests_one_behind_the_other(port: int) -> None:
    """Also where the first piece ends in the middle of the second request."""
    kept = PAGE.replace("Connection: close\r\n", "")
    answer = ask_raw(port, f"{kept}{kept}{PAGE}")
    assert answer.count("HTTP/1.1 200") == 3


@pytest.mark.parametrize(
    ("arrived", "judged"),
    [
        (b"", Arrival.PARTLY),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", Arrival.PARTLY),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", Arrival.WHOLE),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na", Arrival.PARTLY),
        (b"POST / HTTP/1.1\r\ncontent-length:2\r\n\r\nab", Arrival.WHOLE),
        (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nabGET", Arrival.WHOLE),
        (b"POST / HTTP/1.1\r\nContent-Length: nine\r\n\r\n", Arrival.WHOLE),
        (
            b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (LARGEST_FORM + 1),
            Arrival.HEAD_OF_LARGE,
        ),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            Arrival.HEAD_OF_LARGE,
        ),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
            Arrival.HEAD_OF_LARGE,
        ),
        (b"x" * (LARGEST_HEAD + 1), Arrival.HEAD_TOO_LARGE),
        (b"x" * (LARGEST_HEAD + 1) + b"\r\n\r\n", Arrival.HEAD_TOO_LARGE),
    ],
)
def test_what_a_thread_is_given(arrived: bytes, judged: Arrival) -> None:
    assert judge(arrived) is judged
