"""The buttons beside a person: role, in, out, a link for a lost password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.errors import AccountError
from accounts.forms.people import RoleForm
from accounts.models import User
from accounts.roles import Role
from accounts.services.passwords import make_reset_key
from accounts.services.people import (
    assign_role,
    deactivate_person,
    reactivate_person,
)
from accounts.services.second_factor import remove_second_factor
from accounts.views.handover import put_link
from accounts.views.people import PeopleMixin
from inventory_site.security.events import Event, Outcome, about, note


class PersonActionView(PeopleMixin, View):
    """One button about one person: asks a service, says what came of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        try:
            self.act(person)
        except AccountError as error:
            told = {"code": error.code, **about(person)}
            note(Event.ACTION_REFUSED, outcome=Outcome.REFUSED, **told)
            messages.error(request, str(error))
        return HttpResponseRedirect(self.get_success_url())

    def act(self, person: User) -> None:
        """Do it and say so; an AccountError is said by `post`."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        """Go back to the page of the list that the button stood on."""
        back = self.request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(back, self.request.get_host()):
            return back
        return reverse("accounts:people_list")


class PersonAssignRoleView(PersonActionView):
    def act(self, person: User) -> None:
        form = RoleForm(self.request.POST, actor=self.actor)
        if not form.is_valid():
            messages.error(self.request, _("Choose one of the roles you may give."))
            return
        role: Role = form.cleaned_data["role"]
        assign_role(person=person, role=role, actor=self.actor)
        text = _("“%(name)s” has the role %(role)s now.")
        messages.success(self.request, text % {"name": person, "role": role.label})


class PersonDeactivateView(PersonActionView):
    def act(self, person: User) -> None:
        deactivate_person(person=person, actor=self.actor)
        text = _("“%s” is deactivated and signed out everywhere.")
        messages.success(self.request, text % person)


class PersonReactivateView(PersonActionView):
    def act(self, person: User) -> None:
        reactivate_person(person=person, actor=self.actor)
        messages.success(self.request, _("“%s” can sign in again.") % person)


class PersonRemoveSecondFactorView(PersonActionView):
    """For a lost phone: the password alone lets the person in again."""

    def act(self, person: User) -> None:
        remove_second_factor(person=person, actor=self.actor)
        text = _(
            "“%s” signs in with the password alone now, and is signed out everywhere."
        )
        messages.success(self.request, text % person)


class PersonResetLinkView(PersonActionView):
    """A link for a lost password, shown once on the list, to be handed over."""

    def act(self, person: User) -> None:
        uidb36, key = make_reset_key(actor=self.actor, person=person)
        put_link(
            self.request,
            title=_("A link to a new password for “%s” is ready") % person,
            text=_("Hand it over. It works once, for three days."),
            path=reverse(
                "account_reset_password_from_key",
                kwargs={"uidb36": uidb36, "key": key},
            ),
        )
