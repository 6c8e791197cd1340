"""Passwords: a new one when the old one is lost, and a change of one's own."""

from typing import Any

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator

from accounts.devices import remember_device
from accounts.forms.doors import PasswordChangeForm, ResetForm, ResetRequestForm
from accounts.views.throttled import ThrottledMixin
from inventory_site.security.events import Event, Outcome, about, note, typed_address

JUST_SET = "password_just_set"  # in the session, for the page that follows


@method_decorator(login_not_required, name="dispatch")
class ResetRequestView(ThrottledMixin, allauth_views.PasswordResetView):
    """Mails a link; without mail set up it says who can make one."""

    form_class = ResetRequestForm
    throttle_action = "reset_password"

    def form_valid(self, form: ResetRequestForm) -> HttpResponse:
        told = typed_address(form.cleaned_data["email"], next(iter(form.users), None))
        note(Event.PASSWORD_RESET_ASKED, **told)
        response: HttpResponse = super().form_valid(form)
        return response

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not settings.EMAIL_IS_SET_UP:
            return render(request, "account/password_reset_by_admin.html")
        return super().dispatch(request, *args, **kwargs)


class ResetSentView(allauth_views.PasswordResetDoneView):
    """The same words whether there is such an account or not."""


@method_decorator(login_not_required, name="dispatch")
class ResetView(ThrottledMixin, allauth_views.PasswordResetFromKeyView):
    """What the link opens: mailed, handed over by an admin, or printed at the start.

    Whose password it sets is said, and whether it is the first.
    """

    form_class = ResetForm
    throttle_action = "reset_password_from_key"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.reset_user
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "person": person,
            "is_first": person is not None and not person.has_usable_password(),
        }

    def form_valid(self, form: ResetForm) -> HttpResponse:
        """Know the device: who opened the link need not wait for a guesser's limit."""
        person, is_first = self.reset_user, not self.reset_user.has_usable_password()
        response: HttpResponse = super().form_valid(form)
        remember_device(self.request, response, person)
        self.request.session[JUST_SET] = {"email": person.email, "is_first": is_first}
        return response


class ResetDoneView(allauth_views.PasswordResetFromKeyDoneView):
    """The way back to the door; says once whose password was set."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= self.request.session.pop(JUST_SET, {})
        return context


class PasswordChangeView(ThrottledMixin, allauth_views.PasswordChangeView):
    """Asks for the old password; ends the person's other sessions."""

    form_class = PasswordChangeForm
    throttle_action = "change_password"

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        if "oldpassword" in form.errors:
            told = {"how": "password", **about(self.request.user)}
            note(Event.IDENTITY_CONFIRMED, outcome=Outcome.FAILED, **told)
        response: HttpResponse = super().form_invalid(form)
        return response
