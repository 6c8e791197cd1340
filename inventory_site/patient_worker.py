"""gunicorn's threads for requests that are there, not for those that may come.

gunicorn gives each connection a thread and lets it wait for what the client sends: as
many silent clients as there are threads, and nobody is answered any more. Here the
loop that accepts connections also collects what they send. A thread gets a request when
its headers have arrived, and with them its form, if that is small; larger ones (files)
are read by a thread, but never by more than half of them at a time.
"""

import re
import socket
import struct
import time
from collections import deque
from enum import Enum
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from typing import Any, Final

from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers.gthread import ThreadWorker

PATIENCE: Final = 20  # seconds a request may take until a thread gets it
SILENCE: Final = 20  # seconds a thread waits for a client that sends or takes nothing
LARGEST_HEAD: Final = 1 << 15  # bytes: request line, headers, cookies
LARGEST_FORM: Final = 1 << 16  # bytes of a body that no thread waits for
BLOCK: Final = 1 << 16
# Bytes of an answer that the system takes off a thread at once, however slowly the
# client reads: more than any page or style sheet has.
SEND_BUFFER: Final = 1 << 19
END_OF_HEAD: Final = b"\r\n\r\n"
LENGTH: Final = re.compile(rb"(?i)\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n")
# Bodies whose end can't be seen here, or that the client holds back until it is asked.
OPEN_END: Final = re.compile(rb"(?i)\r\n(?:transfer-encoding|expect):")
REFUSALS: Final = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
}
REFUSAL: Final = (
    "HTTP/1.1 {status.value} {status.phrase}\r\n"
    "Connection: close\r\n"
    "Cache-Control: no-store\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "Content-Type: text/plain\r\n"
    "Content-Length: {length}\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "\r\n"
    "{status.phrase}\n"
)


class Arrival(Enum):
    """How much of a request is there."""

    PARTLY = 1
    WHOLE = 2
    HEAD_OF_LARGE = 3
    HEAD_TOO_LARGE = 4
    GONE = 5


def judge(arrived: bytes) -> Arrival:
    """Say whether a thread can answer; what it means is for gunicorn's parser."""
    head, end, body = arrived.partition(END_OF_HEAD)
    if not end:
        is_too_large = len(arrived) > LARGEST_HEAD
        return Arrival.HEAD_TOO_LARGE if is_too_large else Arrival.PARTLY
    if len(head) > LARGEST_HEAD:
        return Arrival.HEAD_TOO_LARGE
    head += b"\r\n"
    if OPEN_END.search(head):
        return Arrival.HEAD_OF_LARGE
    expected = _length_of_body(head)
    if expected > LARGEST_FORM:
        return Arrival.HEAD_OF_LARGE
    return Arrival.WHOLE if len(body) >= expected else Arrival.PARTLY


def _length_of_body(head: bytes) -> int:
    length = LENGTH.search(head)
    return int(length[1]) if length else 0


class PatientWorker(ThreadWorker):
    """A ThreadWorker whose threads don't wait for a client to make up its mind.

    Everything but `handle_error` runs in the loop, so nothing needs a lock.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pending_conns: deque[Any] = deque()
        self.most_large = max(self.cfg.threads // 2, 1)
        self.large: set[Any] = set()  # connections whose body a thread reads
        self.waiting_large: deque[Any] = deque()

    def enqueue_req(self, conn: Any) -> None:
        """Collect the next request of a connection; a new one, or one that is kept."""
        if not conn.initialized:
            conn.init()
            _limit_silence(conn.sock)
        conn.sock.settimeout(0)
        conn.arrived = bytearray(conn.parser.unreader.take_buffered())
        conn.needed = 0  # bytes of the whole request, once its head is there
        conn.timeout = time.monotonic() + PATIENCE
        arrival = _judge_what_came(conn, len(conn.arrived))
        if arrival is Arrival.PARTLY:
            arrival = _receive(conn)
        if arrival is Arrival.PARTLY:
            self.pending_conns.append(conn)
            readable = partial(self.on_pending_socket_readable, conn)
            self.poller.register(conn.sock, EVENT_READ, readable)
        else:
            self._go_on(conn, arrival)

    def on_pending_socket_readable(self, conn: Any, client: Any) -> None:
        arrival = _receive(conn)
        if arrival is not Arrival.PARTLY:
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self._go_on(conn, arrival)

    def murder_pending(self) -> None:
        """Close what had its time; at the end also what has not begun to ask."""
        if not self.alive:
            for conn in self.pending_conns:
                if not conn.arrived:
                    conn.timeout = 0
            self.pending_conns = deque(sorted(self.pending_conns, key=_end_of))
        super().murder_pending()

    def finish_request(self, conn: Any, fs: Any) -> None:
        self.large.discard(conn)
        super().finish_request(conn, fs)
        while self.waiting_large and len(self.large) < self.most_large:
            waiting = self.waiting_large.popleft()
            if _is_gone(waiting.sock):
                self._go_on(waiting, Arrival.GONE)
            else:
                self._begin_large(waiting)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Refuse what is no request, in the words of the status and nobody else's."""
        if isinstance(exc, ParseException):
            status = REFUSALS.get(type(exc), HTTPStatus.BAD_REQUEST)
            self.log.warning("No request from %s: %s", addr and addr[0], exc)
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.log.error("Error while answering", exc_info=exc)
        _refuse(client, status)

    def _go_on(self, conn: Any, arrival: Arrival) -> None:
        if arrival in {Arrival.GONE, Arrival.HEAD_TOO_LARGE}:
            if arrival is Arrival.HEAD_TOO_LARGE:
                _refuse(conn.sock, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            self.nr_conns -= 1
            conn.close()
            return
        conn.parser.unreader.unread(bytes(conn.arrived))
        conn.arrived.clear()
        if arrival is Arrival.WHOLE:
            super().enqueue_req(conn)
        elif len(self.large) < self.most_large:
            self._begin_large(conn)
        else:
            self.waiting_large.append(conn)

    def _begin_large(self, conn: Any) -> None:
        self.large.add(conn)
        super().enqueue_req(conn)


def _end_of(conn: Any) -> float:
    return float(conn.timeout)


def _receive(conn: Any) -> Arrival:
    """Take what has arrived, without waiting for more."""
    try:
        block = conn.sock.recv(BLOCK)
    except BlockingIOError:
        return Arrival.PARTLY
    except OSError:
        return Arrival.GONE
    if not block:
        return Arrival.GONE
    conn.arrived += block
    return _judge_what_came(conn, len(block))


def _judge_what_came(conn: Any, count: int) -> Arrival:
    """Judge a request by its last `count` bytes, where these alone can tell.

    Who sends a byte at a time must not have all of them looked through each time.
    """
    length = len(conn.arrived)
    if conn.needed:
        return Arrival.WHOLE if length >= conn.needed else Arrival.PARTLY
    searched = max(length - count - len(END_OF_HEAD), 0)
    end = conn.arrived.find(END_OF_HEAD, searched)
    if end < 0 and length <= LARGEST_HEAD:
        return Arrival.PARTLY
    arrival = judge(conn.arrived)
    if arrival is Arrival.PARTLY:
        head = bytes(conn.arrived[: end + 2])
        conn.needed = end + len(END_OF_HEAD) + _length_of_body(head)
    return arrival


def _is_gone(sock: socket.socket) -> bool:
    """Say whether the client has ended what was not all there."""
    try:
        return not sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _limit_silence(sock: socket.socket) -> None:
    """Let the system end what a thread waits for in vain."""
    silence = struct.pack("ll", SILENCE, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, silence)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, silence)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)


def _refuse(sock: socket.socket, status: HTTPStatus) -> None:
    answer = REFUSAL.format(status=status, length=len(status.phrase) + 1)
    try:
        sock.send(answer.encode())
    except OSError:
        return  # whoever sent this doesn't listen
