"""Passkeys: adding, naming and removing one, and signing in with one."""

from typing import Any

from allauth.mfa.webauthn import views as allauth_views
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.forms.second_factor import (
    PasskeyAddForm,
    PasskeyRenameForm,
    PasskeySignInForm,
)
from accounts.views.throttled import ThrottledMixin
from inventory_site.security.events import Event, Outcome, note


class PasskeyAddView(allauth_views.AddWebAuthnView):
    """Asks the browser for a passkey that needs no password beside it."""

    form_class = PasskeyAddForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(
            allauth_views.AddWebAuthnView, self
        ).get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {"options": options}


class PasskeyRenameView(allauth_views.EditWebAuthnView):
    form_class = PasskeyRenameForm
    success_url = reverse_lazy("mfa_index")


class PasskeyRemoveView(allauth_views.RemoveWebAuthnView):
    """Asks, then removes one; recovery codes go with the last factor."""

    success_url = reverse_lazy("mfa_index")


@method_decorator([login_not_required, never_cache], name="dispatch")
class PasskeySignInView(ThrottledMixin, allauth_views.LoginWebAuthnView):
    """GET gives the browser its challenge; POST takes what the passkey signed.

    Nobody is named before: the passkey says whose it is, so nothing can be found out
    about an address here.
    """

    form_class = PasskeySignInForm
    throttle_action = "webauthn_login"
    throttle_app = "allauth.mfa"

    def form_invalid(self, form: PasskeySignInForm) -> HttpResponse:
        note(Event.SIGN_IN_FAILED, outcome=Outcome.FAILED, who=None, how="passkey")
        response: HttpResponse = super().form_invalid(form)
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse({"request_options": auth.begin_authentication(user=None)})
