"""What is asked of somebody signed in before any page of the site is shown."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.services.second_factor import must_set_up_second_factor
from accounts.services.sessions import note_seen

SEEN_KEY: Final = "seen_at"
NOTED_EVERY: Final = 300  # seconds: a page must not cost a write

# What an admin needs who sets up a second factor, and what nobody must sign in for.
OPEN_WITHOUT_SECOND_FACTOR: Final = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "healthz",
    "readyz",
}


class SecondFactorMiddleware:
    """Keeps admins without a second factor on the page where they set one up.

    With REQUIRE_MFA_FOR_ADMINS. The Django admin is behind it too: this asks at every
    view, whoever wrote it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, *view_and_arguments: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        if not must_set_up_second_factor(request.user):
            return None
        response = HttpResponseRedirect(reverse("mfa_index"))
        if request.headers.get("HX-Request"):
            # htmx would put the page into the piece it asked for.
            return HttpResponse(headers={"HX-Redirect": response.url})
        return response


class SessionSeenMiddleware:
    """Writes down now and then when and from where a session was used.

    When it was written last stands in the session itself, so that all other pages cost
    no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, *arguments: Any
    ) -> HttpResponse | None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            noted = request.session.get(SEEN_KEY)
            now = timezone.now()
            if noted is not None and now.timestamp() - noted >= NOTED_EVERY:
                adapter = get_adapter()
                note_seen(
                    session_key=request.session.session_key or "",
                    at=now,
                    ip=adapter.get_client_ip(request),
                    user_agent=adapter.get_http_user_agent(request),
                )
                note_sign_in(request)
        return None


def note_sign_in(request: HttpRequest) -> None:
    """Let the session say that it was seen just now."""
    request.session[SEEN_KEY] = int(timezone.now().timestamp())
