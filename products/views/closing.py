"""The closing date: where it stands, who moved it and why, and moving it."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.forms.closings import ClosingForm
from products.models import Closing, Operation
from products.services.closings import move_closing
from products.views.base import FormPage
from products.views.key_paging import key_page

ROWS = 25


class ClosingView(FormPage, FormView):
    """Everybody who dates entries may look; moving it takes its own permission."""

    permission_required = "products.view_closing"
    form_class = ClosingForm
    template_name = "products/closing.html"

    @cached_property
    def current(self) -> Closing | None:
        return Closing.objects.current()

    @property
    def may_move(self) -> bool:
        return self.request.user.has_perm("products.move_closing")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_move:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        current = self.current
        return {
            "seen": current.pk if current else None,
            "closed_through": current.closed_through if current else None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The first row is made with the shop and closes nothing.
        moves = Closing.objects.exclude(actor_label="")
        page = key_page(self.request, moves, size=ROWS)
        return super().get_context_data(**kwargs) | {
            "closed_through": self.current.closed_through if self.current else None,
            "may_move": self.may_move,
            "closings": page.rows,
            "key_page": page,
        }

    def perform(self, form: BaseForm) -> tuple[str, Operation | None]:
        chosen = cast("ClosingForm", form).cleaned_data
        closing = move_closing(
            through=chosen["closed_through"],
            reason=chosen["reason"],
            author=self.author,
            seen_id=chosen["seen"],
        )
        if closing.closed_through is None:
            return _("Everything is open again."), None
        return _("The books are closed through %(day)s.") % {
            "day": date_format(closing.closed_through)
        }, None

    def get_success_url(self) -> str:
        return reverse("products:closing")
