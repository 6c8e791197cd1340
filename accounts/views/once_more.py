"""“Is it you?”: the second step of signing in, and proving it once more later."""

from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from accounts.forms.second_factor import (
    CodeAgainForm,
    CodeForm,
    PasskeyAgainForm,
    PasskeyStepForm,
    PasswordAgainForm,
)
from accounts.services.sessions import renew_session_key
from accounts.views.throttled import ThrottledMixin
from inventory_site.security.events import Event, Outcome, about, note


@method_decorator([login_not_required, never_cache], name="dispatch")
class SecondStepView(mfa_views.AuthenticateView):
    """After the right password: a code or a passkey; before it, back to the door."""

    form_class = CodeForm
    webauthn_form_class = PasskeyStepForm

    def form_invalid(self, form: CodeForm | PasskeyStepForm) -> HttpResponse:
        """Tell the log of a passkey; of a code allauth's signal tells."""
        if isinstance(form, PasskeyStepForm):
            _note_wrong_passkey(Event.SECOND_FACTOR_FAILED, self.stage.login.user)
        response: HttpResponse = super().form_invalid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        return context | {
            "has_passkey": is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]),
            "options": context["js_data"]["request_options"],
        }


class RenewsKeyMixin(FormView):
    """Gives the session another key when the proof was right."""

    def form_valid(self, form: Any) -> HttpResponse:
        # First: what was asked for follows at once, and may end this session.
        renew_session_key(session=self.request.session)
        return super().form_valid(form)


class PasswordAgainView(
    RenewsKeyMixin, ThrottledMixin, account_views.ReauthenticateView
):
    """Asks for the password before anything that changes how one signs in."""

    form_class = PasswordAgainForm
    throttle_action = "reauthenticate"


class CodeAgainView(RenewsKeyMixin, ThrottledMixin, mfa_views.ReauthenticateView):
    """The same with a code."""

    form_class = CodeAgainForm
    throttle_action = "reauthenticate"


class PasskeyAgainView(
    RenewsKeyMixin, ThrottledMixin, webauthn_views.ReauthenticateWebAuthnView
):
    """The same with a passkey."""

    form_class = PasskeyAgainForm
    throttle_action = "reauthenticate"

    def form_invalid(self, form: PasskeyAgainForm) -> HttpResponse:
        _note_wrong_passkey(Event.IDENTITY_CONFIRMED, self.request.user)
        response: HttpResponse = super().form_invalid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"options": context["js_data"]["request_options"]}


def _note_wrong_passkey(event: Event, person: Any) -> None:
    note(event, outcome=Outcome.FAILED, kind="passkey", **about(person))
