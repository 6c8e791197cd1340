"""A file that breaks off while it is being sent: the log says which, and at what."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextvars import Context, copy_context
from typing import cast

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inventory_site.damaged import unreadable_in

logger = logging.getLogger(__name__)


class BrokenOffMiddleware:
    """Tells of an error in the middle of a file, which comes too late for a page.

    The error goes on to the server, which hangs up before the end of the answer: a
    browser says that the download failed, and keeps no half of a file for the whole.
    Pictures are files already, and left to the server.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_made = not isinstance(response, FileResponse)
        if isinstance(response, StreamingHttpResponse) and is_made:
            # The request is over before the file is; the line should still know it.
            pieces = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = _watched(pieces, request.path, copy_context())
        return response


def _watched(pieces: Iterable[bytes], path: str, context: Context) -> Iterator[bytes]:
    try:
        yield from pieces
    except Exception as error:
        unreadable = unreadable_in(error)
        why = unreadable.where if unreadable else error
        context.run(logger.exception, "The file of %s broke off: %s", path, why)
        raise
