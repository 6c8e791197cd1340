"""The page for somebody who tried too often: it says how long to wait."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.generic import View

from accounts import throttle
from inventory_site.security.events import Event, Outcome, note


class ThrottledMixin(View):
    """Puts our page in the place of allauth's bare 429.

    `throttle_action` names the rate limit that allauth counts for this view.
    """

    throttle_action: str
    throttle_app = throttle.APP

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            return self.refuse(request)
        return response

    def refuse(self, request: HttpRequest, action: str = "") -> HttpResponse:
        """Return the page for a limit of this view, by default `throttle_action`."""
        limit = action or self.throttle_action
        key = request.POST.get("email", "").strip().lower()
        wait = throttle.seconds_to_wait(request, limit, key=key, app=self.throttle_app)
        return too_often(request, limit, wait, template="account/throttled.html")


def too_often(
    request: HttpRequest, limit: str, wait: int, *, template: str
) -> HttpResponse:
    """Return the page that says when to try again, and tell the log of the limit."""
    note(Event.THROTTLED, outcome=Outcome.REFUSED, limit=limit)
    seconds = max(1, wait)
    response = render(
        request,
        template,
        {"wait": throttle.wait_sentence(seconds)},
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response["Retry-After"] = str(seconds)
    return response
