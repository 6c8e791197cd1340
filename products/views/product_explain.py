"""Explain this number: a figure of the product page, as the sum that makes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.models import Product, StockMovement
from products.models.product_queries import ProductQuerySet
from products.models.stored import to_decimal
from products.reports.explaining import (
    PlaceSum,
    PlaceValue,
    quantity_steps,
    value_steps,
)
from products.reports.levels import has_several_locations
from products.templatetags.inventory import money_in_full, quantity, signed
from products.views.base import DetailPage, htmx_of
from products.views.explaining import (
    link,
    places_of,
    sum_available,
    sum_held,
    sum_in_transit,
    sum_on_hand,
    sum_value,
)
from products.views.key_paging import KeyPage, key_page
from products.views.one_product import OneProduct

STEPS = 50  # on a page
P = TypeVar("P", PlaceSum, PlaceValue)

NAMES = {
    "on_hand": gettext_lazy("On hand"),
    "reserved": gettext_lazy("Held"),
    "available": gettext_lazy("Available"),
    "in_transit": gettext_lazy("In transit"),
    "value": gettext_lazy("Value"),
}
QUESTIONS = {
    "on_hand": gettext_lazy("Why %s on hand?"),
    "reserved": gettext_lazy("Why %s held?"),
    "available": gettext_lazy("Why %s available?"),
    "in_transit": gettext_lazy("Why %s in transit?"),
    "value": gettext_lazy("Why is it worth %s?"),
}
NEEDED = {
    "on_hand": ("products.view_stockmovement",),
    "reserved": ("products.view_hold",),
    "available": ("products.view_stocklevel", "products.view_hold"),
    "in_transit": ("products.view_transfer",),
    "value": ("products.view_cost", "products.view_stockmovement"),
}
"""What seeing the parts of a figure takes besides seeing the product."""


@dataclass(frozen=True, slots=True)
class Step:
    """A movement, how it changed the figure, and the figure after it, in words."""

    at: datetime
    is_late: bool
    title: str
    note: str
    who: str
    url: str
    change: str
    after: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Some movements of a place, newest first, and what was there before them."""

    rows: list[Step]
    before: str


def may_explain(person: Any, figure: str) -> bool:
    """Say whether `person`, who may see the product, may see what makes a figure."""
    return bool(person.has_perms(NEEDED[figure]))


class ProductExplainView(OneProduct, DetailPage):
    """As a dialog the sum alone; as a page also the movements of a place."""

    permission_required = "products.view_product"
    template_name = "products/product_explain.html"
    context_object_name = "product"

    object: Product

    @property
    def figure(self) -> str:
        return str(self.kwargs["figure"])

    def get_permission_required(self) -> Sequence[str]:
        return [*super().get_permission_required(), *NEEDED.get(self.figure, ())]

    def get_queryset(self) -> ProductQuerySet:
        return Product.objects.only("name", "sku")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.figure not in NAMES:
            raise Http404
        by_place = has_several_locations()
        explained = self._explained(by_place=by_place)
        return super().get_context_data(**kwargs) | {
            "figure": self.figure,
            "figure_name": NAMES[self.figure],
            "question": QUESTIONS[self.figure] % explained["sum"].written,
            "now": timezone.now(),
            "has_several_locations": by_place,
            **explained,
        }

    def _explained(self, *, by_place: bool) -> dict[str, Any]:
        pk = self.object.pk
        if self.figure == "on_hand":
            answer, sums = sum_on_hand(pk, by_place=by_place)
            return {"sum": answer} | self._quantity_steps(sums)
        if self.figure == "value":
            answer, values = sum_value(pk, by_place=by_place)
            return {"sum": answer} | self._value_steps(values)
        if self.figure == "available":
            return {"sum": sum_available(pk, by_place=by_place)}
        if self.figure == "reserved":
            return {"sum": sum_held(pk, by_place=by_place)}
        return {"sum": sum_in_transit(pk)}

    def _quantity_steps(self, places: list[PlaceSum]) -> dict[str, Any]:
        place = self._chosen(places)
        if place is None:
            return {}
        rows = quantity_steps(self.object.pk, place.location_id, until=place.last)
        page = key_page(self.request, rows, size=STEPS)
        return self._page_of(places, place, page, quantity_rows(page.rows))

    def _value_steps(self, places: list[PlaceValue]) -> dict[str, Any]:
        place = self._chosen(places)
        if place is None:
            return {}
        last = place.last_sequence
        rows = value_steps(self.object.pk, place.location_id, until=last)
        page = key_page(self.request, rows, size=STEPS)
        return self._page_of(places, place, page, value_rows(page.rows))

    def _chosen(self, places: list[P]) -> P | None:
        """Return the place that the address names, else the first; None in a dialog."""
        if not places or htmx_of(self.request):
            return None
        asked = self.request.GET.get("location", "")
        return next(
            (place for place in places if str(place.location_id) == asked), places[0]
        )

    def _page_of(
        self, places: Iterable[Any], place: Any, page: KeyPage, steps: Steps
    ) -> dict[str, Any]:
        return {"places": places, "place": place, "key_page": page, "steps": steps}


def quantity_rows(movements: Sequence[StockMovement]) -> Steps:
    """Put what changed the quantity into words."""
    rows = [
        _step(one, "", signed(one.delta), quantity(one.balance_after))
        for one in movements
    ]
    before = movements[-1].balance_after - movements[-1].delta if movements else 0
    return Steps(rows, quantity(before))


def value_rows(movements: Sequence[Any]) -> Steps:
    """Put what changed the value into words; all amounts with as many places."""
    amounts = [
        (to_decimal(one.stored_change), to_decimal(one.stored_after))
        for one in movements
    ]
    digits = places_of(amount for pair in amounts for amount in pair if amount)
    rows = [
        _step(one, _times(one), _signed(change, digits), money_in_full(after, digits))
        for one, (change, after) in zip(movements, amounts, strict=True)
    ]
    change, after = amounts[-1] if amounts else (None, None)
    before = None if change is None or after is None else after - change
    return Steps(rows, money_in_full(before, digits))


def _step(movement: StockMovement, note: str, change: str, after: str) -> Step:
    operation = movement.operation
    kind = str(movement.get_kind_display())
    notes = [note, _("“%s”") % operation.reason if operation.reason else ""]
    return Step(
        at=movement.recorded_at,
        is_late=movement.is_backdated,
        title=f"{kind}, {operation.reference}" if operation.reference else kind,
        note=", ".join(filter(None, notes)),
        who=operation.actor_label,
        url=link("operation_detail", movement.operation_id),
        change=change,
        after=after,
    )


def _times(movement: Any) -> str:
    """Return the units and what each of them was worth."""
    if not movement.delta:
        return ""
    cost = to_decimal(movement.stored_cost)
    if cost is None:
        return _("%(units)s, cost unknown") % {"units": signed(movement.delta)}
    return _("%(units)s × %(cost)s") % {
        "units": signed(movement.delta),
        "cost": money_in_full(cost, places_of([cost])),
    }


def _signed(amount: Decimal | None, digits: int) -> str:
    text = money_in_full(amount, digits)
    return f"+{text}" if amount is not None and amount > 0 else text
