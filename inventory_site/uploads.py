"""How large a request may be: said before its body is read, in words.

Each view may name its own `most_bytes`; whoever may not open it gets no more than
others. A body whose length is not said (chunked, which no browser sends) is refused
too: only its end would tell how large it is.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1_000_000
MOST_BYTES = 16_000_000  # a form with a picture of 10 MB
DRAINED = 1_000_000_000  # bytes that are read past, so that our page is seen
BLOCK = 1 << 16


class UploadLimitMiddleware:
    """Refuses a body that is too large, before anything of it is kept.

    Stands above the CSRF check, which would read the whole form to find its token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            if request.META.get("wsgi.input_terminated"):
                _drain(request.META["wsgi.input"].read)
            return render(request, "413.html", status=HTTPStatus.LENGTH_REQUIRED)
        length = str(request.META.get("CONTENT_LENGTH", ""))
        size = int(length) if length.isascii() and length.isdigit() else 0
        limit = _limit_of(request, getattr(view, "view_class", None))
        if size <= limit:
            return None
        _drain(request.read)
        sizes = {"size": -(-size // MEGABYTE), "limit": limit // MEGABYTE}
        return render(
            request, "413.html", sizes, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        )


def _limit_of(request: HttpRequest, view_class: Any) -> int:
    """Return how many bytes a request to the view may have; asks who it is for many."""
    limit = int(getattr(view_class, "most_bytes", MOST_BYTES))
    if limit <= MOST_BYTES:
        return limit
    needed = view_class.permission_required
    return limit if request.user.has_perms(needed) else MOST_BYTES


def _drain(read: Callable[[int], bytes]) -> None:
    """Read a body past, in the memory of a block.

    A connection that is closed on a browser that still sends shows an error of the
    browser's own instead of our page.
    """
    left = DRAINED
    while left > 0 and (block := read(BLOCK)):
        left -= len(block)
