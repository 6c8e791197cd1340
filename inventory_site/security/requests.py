"""The request that is being answered: its number, and where it came from.

The number is in the answer (`X-Request-ID`), in every line of both logs, and on the
page of an error, so that what a person saw can be found again.
"""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

HEADER: Final = "X-Request-ID"
NO_REQUEST: Final = "-"
GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
SECRET_PARTS: Final = {"token", "key", "uidb36"}  # of addresses that let people in

_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def current_request() -> HttpRequest | None:
    """Return the request this thread answers; None in commands and workers."""
    return _current.get()


def current_id() -> str:
    """Return the number of the request, or a dash."""
    return str(getattr(_current.get(), "number", NO_REQUEST))


class RequestIdMiddleware:
    """Gives each request a number; the outermost, so that every line has it.

    A client's own number counts only from a proxy of ours (TRUSTED_PROXY_COUNT): else
    anybody could write under somebody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = number = _given(request) or secrets.token_hex(8)  # type: ignore[attr-defined]  # ours
        token = _current.set(request)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = number
        return response


def client_of(request: HttpRequest) -> str:
    """Return the client's address as the throttles know it; "" if nobody can say."""
    from allauth.account.adapter import get_adapter  # needs the apps, logging doesn't

    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # it is no address
        return str(request.META.get("REMOTE_ADDR", ""))


class RequestIdFilter(logging.Filter):
    """Puts the number into ordinary lines, and takes out the secrets of addresses.

    Django writes the address of what was refused or broke; a link that sets a password
    would stand there.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id()
        hidden = _secret_parts(getattr(record, "request", None) or _current.get())
        if hidden and isinstance(record.args, tuple):
            record.args = tuple(_without(hidden, part) for part in record.args)
        return True


def _given(request: HttpRequest) -> str:
    if not settings.TRUSTED_PROXY_COUNT:
        return ""
    given = request.headers.get(HEADER, "")
    return given if GIVEN.fullmatch(given) else ""


def _secret_parts(request: HttpRequest | None) -> list[str]:
    match = getattr(request, "resolver_match", None)
    parts = match.kwargs if match else {}
    return [str(part) for name, part in parts.items() if name in SECRET_PARTS]


def _without(hidden: list[str], part: object) -> object:
    if not isinstance(part, str):
        return part
    for secret in hidden:
        part = part.replace(secret, "…")
    return part
