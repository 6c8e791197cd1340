"""Another e-mail address of one's own, confirmed at both."""

from http import HTTPStatus
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from accounts import throttle
from accounts.adapter import AccountAdapter
from accounts.errors import AddressTaken, EmailChangeSpent
from accounts.forms.people import EmailChangeForm
from accounts.links import link_to
from accounts.services.email_changes import (
    AskedChange,
    agree_to_email_change,
    ask_email_change,
    find_email_change,
    open_email_change,
    withdraw_email_change,
)
from accounts.views.sessions import OwnSessionsMixin
from accounts.views.throttled import ThrottledMixin


class EmailChangeView(ThrottledMixin, OwnSessionsMixin, FormView):
    """Asks for the new address, after the password; without mail, says whom to ask."""

    form_class = EmailChangeForm
    template_name = "accounts/email_change.html"
    throttle_action = "manage_email"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not settings.EMAIL_IS_SET_UP:
            return render(request, "accounts/email_change_by_admin.html")
        return self.dispatch_known(request, *args, **kwargs)

    @method_decorator(reauthentication_required(app="allauth.mfa"))
    def dispatch_known(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"change": open_email_change(self.person)}

    def form_valid(self, form: EmailChangeForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        for action in (self.throttle_action, "mail_to"):
            if not throttle.count(self.request, action, key=email):
                return self.refuse(self.request, action)
        self.mail(ask_email_change(person=self.person, new_email=email))
        messages.success(
            self.request,
            _("Two mails are on their way. Open the link in each of them."),
        )
        return HttpResponseRedirect(reverse("accounts:email_change"))

    def mail(self, asked: AskedChange) -> None:
        """Send one mail to each address; the answer is the same for a taken one."""
        adapter, context = AccountAdapter(), {"change": asked.change}
        old = context | {"url": _link(asked.old_token)}
        new = context | {"url": _link(asked.new_token)}
        adapter.send_mail("emails/email_change_old", self.person.email, old)
        prefix = (
            "emails/email_change_taken" if asked.is_taken else "emails/email_change_new"
        )
        adapter.send_mail(prefix, asked.change.new_email, new)


class EmailChangeWithdrawView(OwnSessionsMixin):
    """One button: the address stays as it is."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        withdraw_email_change(person=self.person)
        messages.success(request, _("Your e-mail stays as it is; both links are dead."))
        return HttpResponseRedirect(reverse("accounts:profile"))


@method_decorator([login_not_required, never_cache], name="dispatch")
class EmailChangeConfirmView(TemplateView):
    """What the link in either mail opens: a button, as scanners follow links."""

    template_name = "accounts/email_change_confirm.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            change = find_email_change(kwargs["token"])
        except EmailChangeSpent as error:
            return self.refuse(str(error))
        return self.render_to_response({"change": change, "state": "asked"})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            change = find_email_change(kwargs["token"])
            is_done = agree_to_email_change(token=kwargs["token"])
        except (EmailChangeSpent, AddressTaken) as error:
            return self.refuse(str(error))
        state = "done" if is_done else "waiting"
        return self.render_to_response({"change": change, "state": state})

    def refuse(self, reason: str) -> HttpResponse:
        context = {"state": "refused", "reason": reason}
        return self.render_to_response(context, status=HTTPStatus.NOT_FOUND)


def _link(token: str) -> str:
    return link_to(reverse("accounts:email_change_confirm", args=[token]))
