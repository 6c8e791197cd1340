"""Invitations: making, renewing and withdrawing them, and accepting one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, View

from accounts.adapter import AccountAdapter
from accounts.errors import AccountError
from accounts.forms.people import InviteForm
from accounts.links import link_to
from accounts.models import Invitation
from accounts.services import guards
from accounts.services.invitations import (
    invite_person,
    renew_invitation,
    withdraw_invitation,
)
from accounts.views.handover import put_link
from accounts.views.people import PeopleMixin
from inventory_site.security.events import Event, Outcome, note


class InvitationListView(PeopleMixin, ListView):
    """Who was asked in and has not come yet; the People page's second tab."""

    template_name = "accounts/invitation_list.html"
    queryset = Invitation.objects.select_related("invited_by").order_by("name", "pk")
    paginate_by = 25

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            **self.page_context(),
            "tab": "invited",
            "roles_to_give": guards.roles_to_give(self.actor),
        }


class SendLinkMixin(PeopleMixin):
    """Mails a fresh link, or shows it on the next page to be handed over."""

    def send(self, invitation: Invitation, token: str) -> HttpResponse:
        path = reverse("accounts:invitation_accept", args=[token])
        day = date_format(localtime(invitation.expires_at), "l j F")
        if settings.EMAIL_IS_SET_UP and self.mail(invitation, path):
            text = _("The invitation is mailed to %(email)s. It works until %(day)s.")
            messages.success(
                self.request, text % {"email": invitation.email, "day": day}
            )
        else:
            put_link(
                self.request,
                title=_("The invitation for “%s” is ready") % invitation,
                text=_("Hand over this link. It works once, until %s.") % day,
                path=path,
            )
        return HttpResponseRedirect(reverse("accounts:invitation_list"))

    def mail(self, invitation: Invitation, path: str) -> bool:
        return AccountAdapter().send_mail(
            "emails/invitation",
            invitation.email,
            {
                "invitation": invitation,
                "inviter": self.actor,
                "url": link_to(path),
            },
        )


class InvitationCreateView(SendLinkMixin, FormView):
    form_class = InviteForm
    template_name = "accounts/invitation_create.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"email_is_set_up": settings.EMAIL_IS_SET_UP}

    def form_valid(self, form: InviteForm) -> HttpResponse:
        try:
            invitation, token = invite_person(actor=self.actor, **form.cleaned_data)
        except AccountError as error:  # somebody was faster since the form looked
            _note_refusal(error)
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return self.send(invitation, token)


class InvitationActionView(SendLinkMixin, View):
    """One button about one invitation."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        invitation = get_object_or_404(Invitation, pk=pk)
        try:
            return self.act(invitation)
        except AccountError as error:
            _note_refusal(error)
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("accounts:invitation_list"))

    def act(self, invitation: Invitation) -> HttpResponse:
        """Do it and return the way on; an AccountError is said by `post`."""
        raise NotImplementedError


class InvitationRenewView(InvitationActionView):
    def act(self, invitation: Invitation) -> HttpResponse:
        token = renew_invitation(actor=self.actor, invitation=invitation)
        return self.send(invitation, token)


class InvitationWithdrawView(InvitationActionView):
    def act(self, invitation: Invitation) -> HttpResponse:
        withdraw_invitation(actor=self.actor, invitation=invitation)
        text = _("The invitation for “%s” is withdrawn; its link is dead.")
        messages.success(self.request, text % invitation)
        return HttpResponseRedirect(reverse("accounts:invitation_list"))


def _note_refusal(error: AccountError) -> None:
    note(Event.ACTION_REFUSED, outcome=Outcome.REFUSED, code=error.code)
