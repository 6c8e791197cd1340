"""Stock that is promised: for whom, until when, and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from products.forms.holds import HoldFilterForm
from products.models import Hold, Operation, Product
from products.models.stored import to_count
from products.reports.hold_list import ALL, ends_soon, list_holds, state_at
from products.reports.levels import has_several_locations
from products.views.addresses import with_state
from products.views.base import ListPage

State = Hold.State
TABS = (
    (State.OPEN, State.OPEN.label),
    (State.EXPIRED, State.EXPIRED.label),
    (State.FULFILLED, State.FULFILLED.label),
    (State.RELEASED, State.RELEASED.label),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A hold as the list shows it: in the state it is in now."""

    hold: Hold
    state: str
    is_soon: bool

    @property
    def is_live(self) -> bool:
        return self.state == State.OPEN


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """The holds that were asked for together; those of them that are on the page.

    `chosen` names the live ones, as an address does; "" where there are none.
    """

    operation: Operation
    reference: str
    lines: list[Line]

    @property
    def chosen(self) -> str:
        live = [line.hold.pk for line in self.lines if line.is_live]
        return urlencode([("hold", pk) for pk in live])

    @property
    def units(self) -> int | None:
        """Return how many there are; None where one of them can't be read."""
        counts = [to_count(line.hold.quantity) for line in self.lines]
        return None if None in counts else sum(filter(None, counts))


class HoldListView(ListPage):
    """Those that count come first; several of one request stand under one heading."""

    permission_required = "products.view_hold"
    template_name = "products/hold_list.html"
    paginate_by = 50

    @cached_property
    def filter(self) -> HoldFilterForm:
        return HoldFilterForm(self.request.GET)

    @cached_property
    def moment(self) -> datetime:
        return timezone.now()

    def get_queryset(self) -> "QuerySet[Hold]":
        return list_holds(self.filter.asked(), self.moment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = self.filter.asked()
        return context | {
            "requests": as_requests(context["page_obj"].object_list, self.moment),
            "asked": asked,
            "tabs": self._tabs(asked.state),
            "kept": {k: v for k, v in self.filter.state.items() if k != "find"},
            "product": Product.objects.filter(pk=asked.product_id).first()
            if asked.product_id
            else None,
            "has_several_locations": has_several_locations(),
        }

    def _tabs(self, chosen: str) -> list[dict[str, object]]:
        """Each state with its address, which keeps the rest of what is asked for."""
        rest = {k: v for k, v in self.filter.state.items() if k != "show"}
        return [
            {
                "label": label,
                "url": with_state(self.request.path, rest | {"show": str(state)}),
                "is_chosen": state == chosen,
            }
            for state, label in (*TABS, (ALL, _("All")))
        ]


def as_requests(holds: Iterable[Hold], moment: datetime) -> list[HoldRequest]:
    """Put what was asked for together under one heading, in the order it comes."""
    found: dict[int, HoldRequest] = {}
    for hold in holds:
        request = found.setdefault(
            hold.operation_id, HoldRequest(hold.operation, hold.reference, [])
        )
        state, is_soon = state_at(hold, moment), ends_soon(hold, moment)
        request.lines.append(Line(hold, state, is_soon))
    for request in found.values():
        request.lines.sort(key=lambda line: line.hold.pk)
    return [*found.values()]
