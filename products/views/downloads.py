"""Answers that a browser saves as a file."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from products.exporting.telling import told

CSV = "text/csv; charset=utf-8"


def as_attachment(name: str) -> str:
    """Return the header that makes a browser save an answer under `name`."""
    return content_disposition_header(as_attachment=True, filename=name) or ""


def send_file(
    request: HttpRequest,
    pieces: Iterable[str | bytes],
    *,
    name: str,
    with_cost: bool,
    media_type: str = CSV,
    filters: Mapping[str, Any] | None = None,
) -> StreamingHttpResponse:
    """Return the answer that sends `pieces` while they are made, and tell the log.

    The log names the page and the filters, which are those of the address if left out.
    """
    match = request.resolver_match
    what = match.url_name if match else ""
    return StreamingHttpResponse(
        told(
            pieces,
            what=what or name,
            with_cost=with_cost,
            filters=request.GET.dict() if filters is None else filters,
        ),
        content_type=media_type,
        headers={"Content-Disposition": as_attachment(name)},
    )
