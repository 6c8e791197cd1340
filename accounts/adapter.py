"""Where our rules differ from allauth's defaults."""

import logging
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts import throttle
from accounts.devices import (
    device_key,
    device_key_of_email,
    device_name,
    find_by_email,
    place_name,
    remember_device,
)
from accounts.languages import mail_language
from accounts.links import link_to, site_url
from accounts.listening import KINDS
from accounts.middleware import note_sign_in
from accounts.models import User
from accounts.services.people import register_person
from accounts.services.sessions import end_oldest_sessions
from inventory_site.security.events import Event, Outcome, note, typed_address

logger = logging.getLogger(__name__)


TOO_OFTEN: Final = gettext_lazy(
    "That was too often. Wait five minutes, then try again."
)


ONCE_MORE: Final = {
    "reauthenticate": gettext_lazy("Use your password"),
    "mfa_reauthenticate": gettext_lazy("Use a code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
}


CHANGED: Final = "account/messages/password_changed.txt"


class AccountAdapter(DefaultAccountAdapter):
    """Registration by our service, one throttle for an account, `next` inside."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("E-mail and password do not match."),
        "email_taken": gettext_lazy("There is an account with this e-mail already."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.REGISTRATION_OPEN)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address: the proxy's where fewer stand in front.

        Allauth would answer with an error page; whoever came past a proxy gets no
        address to choose either.
        """
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META["REMOTE_ADDR"])

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: our scripts don't use allauth's JSON answers, so there is none."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Follow `next` to this host only, not to every host of ALLOWED_HOSTS."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: forms.Form,
        commit: bool = True,  # noqa: FBT001, FBT002 - allauth's signature
    ) -> User:
        """Register the person; of the form only these three fields are read.

        Raises AddressTaken when somebody else was faster with the same address.
        """
        return register_person(
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password1"],
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, **kwargs: Any
    ) -> None:
        """Say no “changed” of a password set by a link: the page after it says more."""
        if CHANGED not in args or request.user.is_authenticated:
            super().add_message(request, level, *args, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; raise ValidationError with the time to wait."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        action = "login_failed"
        if device := device_key_of_email(request, key):
            action, key = "login_failed_known", f"{key} {device}"
        # Under allauth's name: it takes the count back when the password is right.
        self._login_failed_rl_usage = throttle.count(request, action, key=key)
        if not self._login_failed_rl_usage:
            note(Event.THROTTLED, outcome=Outcome.REFUSED, limit=action)
            message = throttle.refusal(request, action, key=key)
            raise ValidationError(message, code="too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the log; for an unknown address at the same cost."""
        typed = str(credentials.get("email", ""))
        person = find_by_email(typed)
        again = request.user.is_authenticated
        event = Event.IDENTITY_CONFIRMED if again else Event.SIGN_IN_FAILED
        told = typed_address(typed, person)
        note(event, outcome=Outcome.FAILED, how="password", **told)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        told = typed_address("", user)
        note(Event.SIGN_IN_FAILED, outcome=Outcome.REFUSED, how="inactive", **told)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Tell the log of a limit that a form of allauth's says no by."""
        if code in {"too_many_login_attempts", "rate_limited"}:
            note(Event.THROTTLED, outcome=Outcome.REFUSED, limit=code)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def login(self, request: HttpRequest, user: User) -> None:
        self._is_first_time = user.last_login is None
        super().login(request, user)

    def post_login(
        self, request: HttpRequest, user: User, *, signup: bool, **kwargs: Any
    ) -> HttpResponse:
        """Mail about a device not used before, and know it from now on."""
        end_oldest_sessions(person=user)
        response: HttpResponse = super().post_login(
            request, user, signup=signup, **kwargs
        )
        is_known = bool(device_key(request, user))
        if not (signup or self._is_first_time or is_known):
            self._tell_of_new_device(user)
        how = [
            KINDS.get(record.get("type", ""), record["method"])
            for record in get_authentication_records(request, user)
        ]
        note(Event.SIGNED_IN, who=user, how=how, known_device=is_known)
        note_sign_in(request)
        remember_device(request, response, user)
        return response

    def _tell_of_new_device(self, user: User) -> None:
        agent, ip = (
            self.get_http_user_agent(self.request),
            self.get_client_ip(self.request),
        )
        context = {
            "device": device_name(agent),
            "place": place_name(ip),
            "sessions_url": link_to(reverse("accounts:session_list")),
        }
        self.send_notification_mail("emails/new_device", user, context, user.email)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Name the ways to prove oneself once more in our words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": ONCE_MORE[way["id"]]} for way in ways]

    def reauthenticate(self, user: User, password: str) -> bool:
        """Tell whether this is the password of `user`; counted as when signing in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """Count by account alone: allauth adds the host, which the client writes."""
        return str(credentials.get("email", "")).strip().lower()

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> bool:
        """Send, or tell on the page that it failed: no 500 for a mail server down.

        Return whether it was sent.
        """
        # allauth renders subjects without the request, so without our context.
        known = {"shop_name": settings.SHOP_NAME, "site_url": site_url()}
        try:
            with override(mail_language(email, writer=self.request.user)):
                mailed = known | _with_our_links(context)
                super().send_mail(template_prefix, email, mailed)
        except OSError:  # the parent of SMTPException too
            logger.exception("Mail %s to %s could not be sent", template_prefix, email)
            messages.error(
                self.request,
                _("The mail to %s could not be sent. Tell an admin.") % email,
            )
            return False
        return True


def _with_our_links(context: dict[str, Any]) -> dict[str, Any]:
    """Let each link begin at SITE_URL; allauth made it of the Host header."""
    return {
        key: link_to(urlsplit(value).path) if key.endswith("_url") else value
        for key, value in context.items()
    }
