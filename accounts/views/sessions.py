"""Where one is signed in: one's own sessions, and ending them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from accounts.devices import device_name, is_handheld, place_name
from accounts.models import User
from accounts.services.sessions import (
    end_other_sessions,
    end_session,
    is_session,
    sessions_of,
)
from inventory_site.security.events import Event, note


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of the list."""

    pk: int
    device: str
    icon: str
    place: str
    since: datetime
    last_seen: datetime
    is_current: bool


class OwnSessionsMixin(View):
    """The sessions of whoever asks; nobody sees those of another."""

    @property
    def person(self) -> User:
        return cast("User", self.request.user)  # nobody gets here signed out

    @property
    def session_key(self) -> str:
        return self.request.session.session_key or ""


class SessionListView(OwnSessionsMixin, TemplateView):
    """Device, place, since when and last seen of each session, this one on top."""

    template_name = "accounts/session_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            SessionRow(
                pk=session.pk,
                device=device_name(session.user_agent),
                icon="phone" if is_handheld(session.user_agent) else "laptop",
                place=place_name(session.ip),
                since=session.created_at,
                last_seen=session.last_seen_at,
                is_current=session.session_key == self.session_key,
            )
            for session in sessions_of(self.person)
        ]
        rows.sort(key=lambda row: not row.is_current)
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "others": [row for row in rows if not row.is_current],
        }


proven = method_decorator(reauthentication_required(app="allauth.mfa"), name="post")


@proven
class SessionEndView(OwnSessionsMixin):
    """One button: that device is signed out, after a proof once more.

    Whoever sits at an open session must not shut its owner out elsewhere.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if is_session(pk=pk, session_key=self.session_key):  # the list has no button
            logout(request)  # here, a session that is gone could not be saved
            return HttpResponseRedirect(reverse("account_login"))
        if end_session(person=self.person, pk=pk):
            note(Event.SESSIONS_ENDED, count=1)
            messages.success(request, _("That device is signed out."))
        else:
            messages.error(request, _("That device was signed out already."))
        return HttpResponseRedirect(reverse("accounts:session_list"))


@proven
class SessionEndOthersView(OwnSessionsMixin):
    """One button: every other device is signed out, after the same proof."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        count = end_other_sessions(person=self.person, session_key=self.session_key)
        note(Event.SESSIONS_ENDED, count=count, which="all others")
        text = ngettext(
            "%d other device is signed out.", "%d other devices are signed out.", count
        )
        messages.success(request, text % count)
        return HttpResponseRedirect(reverse("accounts:session_list"))
