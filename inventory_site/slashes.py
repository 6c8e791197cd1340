"""Sends `/dashboard/` to `/dashboard`: our routes have no trailing slash.

The last address of urls.py, so it sees only what no other address took. That is
also why it is no middleware: a page that answers 404 itself is never asked again
under another name.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.urls import Resolver404, resolve, reverse

SAFE_METHODS = ["GET", "HEAD"]


@login_not_required  # the page behind it asks for a sign-in, if it wants one
def without_slash(request: HttpRequest, route: str) -> HttpResponseBase:
    """Redirect to the named address `route`, keeping the query string.

    Permanent, because the form without a slash is the one we promise to keep. The
    target is built anew from our own address patterns, never from what was typed:
    `//evil.com/` matches none of them and stays a 404. A POST is refused with 405,
    because a redirect would drop what was typed into the form.
    """
    target = _address_of(route)
    if request.method not in SAFE_METHODS:
        return HttpResponseNotAllowed(SAFE_METHODS)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)


def _address_of(route: str) -> str:
    """Return the canonical address of a named route, or raise Http404."""
    try:
        match = resolve(f"/{route}")
    except Resolver404 as error:
        raise Http404 from error
    if not match.url_name:  # this very view: a second slash is one too many
        raise Http404
    return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
