"""Coming in and going out: register, sign in, sign out, confirm the address."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal.flows.signup import prevent_enumeration
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator

from accounts import throttle
from accounts.devices import device_key_of_email
from accounts.errors import AddressTaken
from accounts.forms.doors import RegisterForm, SignInForm
from accounts.leaving import let_browser_forget
from accounts.services.beginnings import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.views.throttled import ThrottledMixin


@method_decorator(login_not_required, name="dispatch")
class RegisterView(ThrottledMixin, allauth_views.SignupView):
    """An account for whoever asks, while REGISTRATION_OPEN says so.

    Where mail is set up the answer is the same for an address that has an account: its
    owner is mailed, and no page tells.
    """

    form_class = RegisterForm
    throttle_action = "signup"

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if settings.EMAIL_IS_SET_UP and not throttle.count(
            self.request, "mail_to", key=email.strip().lower()
        ):
            return self.refuse(self.request, "mail_to")
        try:
            response: HttpResponse = super().form_valid(form)
        except AddressTaken as error:  # by somebody faster, since the form looked
            if settings.EMAIL_IS_SET_UP:
                response = prevent_enumeration(self.request, email=email)
            else:
                form.add_error("email", str(error))
                response = self.form_invalid(form)
        return response


@method_decorator(login_not_required, name="dispatch")
class SignInView(ThrottledMixin, allauth_views.LoginView):
    """The one door: the Django admin sends people here too."""

    form_class = SignInForm
    throttle_action = "sign_in"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.method == "POST" and not self.may_try(request):
            return self.refuse(request)
        return super().dispatch(request, *args, **kwargs)

    def may_try(self, request: HttpRequest) -> bool:
        """Count by address, but not a device the person has signed in from."""
        email = request.POST.get("email", "").strip()
        if device_key_of_email(request, email):
            return True
        return bool(throttle.count(request, self.throttle_action))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context |= {"demo_people": DEMO_PEOPLE, "demo_password": DEMO_PASSWORD}
        return context


class SignOutView(allauth_views.LogoutView):
    """Signs out by POST; a GET asks, because a link must not sign anybody out."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let the browser drop what it kept of the shop, its pictures too."""
        person_pk = self.request.user.pk
        response: HttpResponseBase = super().post(*args, **kwargs)
        let_browser_forget(response, person_pk)
        return response


class InactiveView(allauth_views.AccountInactiveView):
    """Tells a deactivated person so, after the right password."""


class AddressSentView(allauth_views.EmailVerificationSentView):
    """Tells a newcomer that a mail is on its way."""


class AddressConfirmView(allauth_views.ConfirmEmailView):
    """What the link in that mail opens: a button, since mail scanners follow links."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["person"] = self.object and self.object.email_address.user
        return context
