"""Clients that begin something and never end it."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from inventory_site.tests.serving import static_address

CLIENTS = 60
LARGE_FILE = static_address("vendor/bootstrap-5.3.9/bootstrap.min.css")
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
# What each of them sends, and no more.
STALLS = {
    "nothing": "",
    "slow headers": "GET /login HTTP/1.1\r\nHost: {host}\r\nX-Slow: ",
    "slow form": "POST /login HTTP/1.1\r\nHost: {host}\r\n"
    + FORM
    + "Content-Length: 500\r\n\r\nemail=",
    "slow file": "POST /imports/new HTTP/1.1\r\nHost: {host}\r\n"
    + FORM
    + "Content-Length: 1000000\r\n\r\nfile=",
    "slow chunks": "POST /login HTTP/1.1\r\nHost: {host}\r\n"
    + FORM
    + "Transfer-Encoding: chunked\r\n\r\n5\r\nem",
    "slow reader": "GET {large} HTTP/1.1\r\nHost: {host}\r\n\r\n",
}


@contextmanager
def stalling(
    kind: str, port: int, host: str = "localhost", large: str = LARGE_FILE
) -> Iterator[None]:
    """Keep so many connections open that have sent what `kind` sends."""
    sent = STALLS[kind].format(host=host, large=large).encode()
    with ExitStack() as stack:
        for _client in range(CLIENTS):
            client = stack.enter_context(socket.socket())
            # Takes next to nothing of an answer.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            client.connect(("127.0.0.1", port))
            client.sendall(sent)
        yield


def ask_raw(port: int, request: str, patience: float = 10) -> str:
    """Send the request as it is; return what comes until the end of the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as client:
        client.sendall(request.encode())
        got = b""
        while block := client.recv(1 << 16):
            got += block
        return got.decode(errors="replace")
