"""What was refused before or beside a view: denied pages, forged forms, nonsense.

Told once, by the status of the answer, when the request is over; the handlers of errors
say why.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views import csrf, defaults

from inventory_site.security.events import Event, Outcome, note

REASONS: Final[dict[int, str]] = {
    HTTPStatus.BAD_REQUEST: "bad_request",
    HTTPStatus.METHOD_NOT_ALLOWED: "method",
    HTTPStatus.LENGTH_REQUIRED: "length_missing",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.REQUEST_URI_TOO_LONG: "address_too_long",
}


class RefusalsMiddleware:
    """Writes a line for an answer that refuses; stands just inside the numbering."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        told = _told_of(request, response)
        if told is not None:
            event, facts = told
            note(event, outcome=Outcome.REFUSED, **facts)
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer as Django does, and remember what was wrong with the request."""
    response = defaults.bad_request(request, exception)
    return _because(response, Event.BAD_REQUEST, type(exception).__name__)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer as Django does, and remember why; never the token itself."""
    response = csrf.csrf_failure(request, reason=reason)
    return _because(response, Event.CSRF_FAILED, reason)


def _because(response: HttpResponse, event: Event, reason: str) -> HttpResponse:
    response.refusal = event, {"reason": reason}  # type: ignore[attr-defined]  # ours
    return response


def _told_of(
    request: HttpRequest, response: HttpResponse
) -> tuple[Event, dict[str, Any]] | None:
    """Return the event an answer is worth, with its facts; None for most answers."""
    told: tuple[Event, dict[str, Any]] | None = getattr(response, "refusal", None)
    if told is not None:
        return told
    person = getattr(request, "user", None)
    if response.status_code == HTTPStatus.FORBIDDEN:
        is_door = _is_admin(request) and not getattr(person, "is_staff", False)
        return (Event.ADMIN_REFUSED if is_door else Event.PAGE_DENIED), {}
    if _is_guess_at_admin(request):
        return Event.ADMIN_REFUSED, {"reason": "another_door"}
    reason = REASONS.get(response.status_code)
    return (Event.BAD_REQUEST, {"reason": reason}) if reason else None


def _page(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or "") if match else ""


def _is_admin(request: HttpRequest) -> bool:
    return _page(request).startswith("admin:")


def _is_guess_at_admin(request: HttpRequest) -> bool:
    """Tell a password sent to the admin's own sign-in, which there isn't."""
    return request.method == "POST" and _page(request) == "admin:login"
