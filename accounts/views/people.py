"""The People page: who has an account and with which role."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.views.generic import ListView

from accounts.models import Invitation, User
from accounts.roles import CAPABILITIES, MANAGE_PEOPLE, Role, holds
from accounts.services import guards
from accounts.views.handover import take_link


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list, with what the person looking at it may do there."""

    person: User
    is_self: bool
    is_last: bool
    can_be_changed: bool


class PeopleMixin(PermissionRequiredMixin):
    """For holders of `manage_people`; whom they may change, the services decide."""

    permission_required = MANAGE_PEOPLE
    request: HttpRequest

    @property
    def actor(self) -> User:
        return cast("User", self.request.user)  # nobody gets here signed out

    def page_context(self) -> dict[str, Any]:
        """Return what every tab of the page shows: figures, roles, a link."""
        return {
            "active_count": User.objects.active().count(),
            "invitation_count": Invitation.objects.count(),
            "deactivated_count": User.objects.deactivated().count(),
            "roles": Role,
            "role_table": [
                (label, [holds(role, codename) for role in Role])
                for label, codename in CAPABILITIES
            ],
            "link": take_link(self.request),
        }


class PeopleListView(PeopleMixin, ListView):
    """People by name; `?who=` searches, `?show=deactivated` shows those shut out."""

    template_name = "accounts/people_list.html"
    paginate_by = 25

    @property
    def tab(self) -> str:
        is_deactivated = self.request.GET.get("show") == "deactivated"
        return "deactivated" if is_deactivated else "active"

    def get_queryset(self) -> QuerySet[User]:
        people = User.objects.with_roles().with_second_factors()
        people = people.active() if self.tab == "active" else people.deactivated()
        who = self.request.GET.get("who", "").strip()
        return people.matching(who).order_by("name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            **self.page_context(),
            "tab": self.tab,
            "rows": self.rows(context["object_list"]),
            "roles_to_give": guards.roles_to_give(self.actor),
        }

    def rows(self, people: QuerySet[User]) -> list[PersonRow]:
        superusers = list(User.objects.superusers().values_list("pk", flat=True)[:2])
        return [
            PersonRow(
                person=person,
                is_self=person.pk == self.actor.pk,
                is_last=superusers == [person.pk],
                can_be_changed=guards.may_change(self.actor, person),
            )
            for person in people
        ]
