"""What a browser remembers of somebody's liking: cookies that scripts read too."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

A_YEAR = 365 * 24 * 60 * 60  # seconds


def cookie_name(name: str) -> str:
    """Return what the scripts call it too: with https a cookie of this host alone."""
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}{name}"


def remembered(request: HttpRequest, name: str) -> str:
    """Return what the browser remembers; "" when nothing."""
    return request.COOKIES.get(cookie_name(name), "")


def remember(response: HttpResponseBase, name: str, value: str) -> None:
    """Let the browser remember `value` for a year; with "" it forgets."""
    if value:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            cookie_name(name), value, max_age=A_YEAR, secure=secure, samesite="Lax"
        )
    else:
        response.delete_cookie(cookie_name(name), samesite="Lax")
