"""What an invitation's link opens: a name, a password, and one is in."""

from http import HTTPStatus
from typing import Any

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts.errors import AddressTaken, InvitationSpent
from accounts.forms.people import AcceptForm
from accounts.models import Invitation
from accounts.services.invitations import accept_invitation, find_invitation


@method_decorator(
    [login_not_required, never_cache, sensitive_post_parameters("password")],
    name="dispatch",
)
class InvitationAcceptView(FormView):
    """For whoever holds the link; a spent one says whom to ask (404)."""

    form_class = AcceptForm
    template_name = "accounts/invitation_accept.html"
    invitation: Invitation

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.user.is_authenticated:
            # An admin trying the link he made must not use it up.
            return render(request, "accounts/invitation_signed_in.html")
        try:
            self.invitation = find_invitation(kwargs["token"])
        except InvitationSpent as error:
            return self.refuse(str(error))
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.invitation.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"invitation": self.invitation}

    def form_valid(self, form: AcceptForm) -> HttpResponse:
        token = self.kwargs["token"]
        try:
            person = accept_invitation(token=token, **form.cleaned_data)
        except (InvitationSpent, AddressTaken) as error:
            return self.refuse(str(error))
        response: HttpResponse = perform_login(self.request, person)
        return response

    def refuse(self, reason: str) -> HttpResponse:
        return render(
            self.request,
            "accounts/invitation_spent.html",
            {"reason": reason},
            status=HTTPStatus.NOT_FOUND,
        )
