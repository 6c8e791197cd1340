"""What is asked of somebody signed in before any page of the site is shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from accounts import throttle
from accounts.services.second_factor import must_set_up_second_factor
from accounts.services.sessions import note_seen
from accounts.views.throttled import too_often
from inventory_site.security.events import Event, Outcome, note

SEEN_KEY: Final = "seen_at"
BEGAN_KEY: Final = "began_at"
LONGEST: Final = timedelta(days=30)  # from one sign-in to the next
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


class LanguageMiddleware:
    """Lets the language a person has chosen go before what the browser asks for.

    Costs nothing: who it is stands on every page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self.activate_for(request)
        return self.get_response(request)

    def activate_for(self, request: HttpRequest) -> None:
        try:
            chosen = getattr(request.user, "language", "")
        except DatabaseError:
            return  # /healthz answers without a database
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen


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
        note(Event.PAGE_DENIED, outcome=Outcome.REFUSED, reason="second_factor_missing")
        response = HttpResponseRedirect(reverse("mfa_index"))
        if request.headers.get("HX-Request"):
            # htmx would put the page into the piece it asked for.
            return HttpResponse(headers={"HX-Redirect": response.url})
        return response


class LimitsMiddleware:
    """Answers 429 to a person who asks too often for what costs the shop much.

    A view names the method that does and one of RATE_LIMITS in `limited`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, *arguments: Any
    ) -> HttpResponse | None:
        view_class = getattr(view, "view_class", None)
        method, limit = getattr(view_class, "limited", ("", ""))
        asked = "GET" if request.method == "HEAD" else request.method
        if asked != method or throttle.count(request, limit):
            return None
        wait = throttle.seconds_to_wait(request, limit)
        return too_often(request, limit, wait, template="accounts/limited.html")


class SessionSeenMiddleware:
    """Writes down now and then when and from where a session was used.

    When it was written last stands in the session itself, so that all other pages cost
    no query. A session is over after LONGEST, however busy it is: a page leads to the
    door then; a form is still taken, and the next page leads there.
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
                if _is_over(request):
                    return _lead_out(request) if request.method == "GET" else None
                adapter = get_adapter()
                note_seen(
                    session_key=request.session.session_key or "",
                    at=now,
                    ip=adapter.get_client_ip(request),
                    user_agent=adapter.get_http_user_agent(request),
                )
                request.session[SEEN_KEY] = int(now.timestamp())
        return None


def note_sign_in(request: HttpRequest) -> None:
    """Let the session say that it began, and was seen, just now."""
    now = int(timezone.now().timestamp())
    request.session[SEEN_KEY] = request.session[BEGAN_KEY] = now


def _is_over(request: HttpRequest) -> bool:
    """Say whether the session began too long ago; one from before this rule did not."""
    now = int(timezone.now().timestamp())
    began: int = request.session.setdefault(BEGAN_KEY, now)
    return now - began >= LONGEST.total_seconds()


def _lead_out(request: HttpRequest) -> HttpResponse:
    note(Event.SESSIONS_ENDED, count=1, which="over")
    logout(request)
    return redirect_to_login(request.get_full_path())
