"""Questions about one or several holds, which the address names: `?hold=7&hold=8`.

What they have in common; each answer is one operation over all of them, or none.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import FormView

from products.fields import is_number
from products.models import Hold, Operation
from products.reports.hold_list import state_at
from products.reports.levels import has_several_locations
from products.templatetags.inventory import quantity
from products.views.base import htmx_of
from products.views.dialogs import page_behind
from products.views.hold_list import Line
from products.views.once import OncePage

MOST_HOLDS = 200  # in one address


class HoldDialog(OncePage, FormView):
    """Shows the chosen holds and asks; over a page, that page is loaded again."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.has_permission() and not self.lines:
            messages.warning(request, _("Choose a hold first."))
            return self.go_to(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def ids(self) -> list[int]:
        """The chosen holds, as the address names them; what is no id is left out."""
        texts = dict.fromkeys(self.request.GET.getlist("hold"))
        ids = [int(text) for text in texts if is_number(text)]
        return ids[:MOST_HOLDS]

    @cached_property
    def lines(self) -> list[Line]:
        """The chosen holds that there are, in the state they are in now."""
        moment = timezone.now()
        holds = Hold.objects.filter(pk__in=self.ids).order_by("pk")
        return [
            Line(hold, state_at(hold, moment), is_soon=False)
            for hold in holds.select_related("product__category", "location")
        ]

    @property
    def live(self) -> list[Line]:
        return [line for line in self.lines if line.is_live]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = [("hold", line.hold.pk) for line in self.live]
        return super().get_context_data(**kwargs) | {
            "lines": self.lines,
            "live": self.live,
            "ended_count": len(self.lines) - len(self.live),
            "units": sum(line.hold.quantity for line in self.live),
            "others_url": f"{self.request.path}?{urlencode(chosen)}" if chosen else "",
            "has_several_locations": has_several_locations(),
        }

    def get_success_url(self) -> str:
        return reverse("products:hold_list")

    def go_to(self, url: str) -> HttpResponse:
        behind = page_behind(self.request) if htmx_of(self.request) else ""
        return super().go_to(behind or url)

    def answer_again(self, operation: Operation) -> str:
        """Say how many holds and units the operation was about."""
        ids = operation.document_changes.values_list("document_id", flat=True)
        holds = list(Hold.objects.filter(pk__in=list(ids)))
        return self.said(holds)

    def said(self, holds: Sequence[Hold]) -> str:
        """Return the success message."""
        raise NotImplementedError


def units_of(holds: Sequence[Hold]) -> str:
    """Return how much the holds keep: "3 × MUG-1", or "7 units in 2 holds"."""
    if len(holds) == 1:
        units, sku = quantity(holds[0].quantity), holds[0].sku
        return _("%(units)s × %(sku)s") % {"units": units, "sku": sku}
    return _("%(units)s units in %(count)s holds") % {
        "units": quantity(sum(hold.quantity for hold in holds)),
        "count": quantity(len(holds)),
    }
