"""What is asked of somebody signed in before any page of the site is shown."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.services.second_factor import must_set_up_second_factor

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
