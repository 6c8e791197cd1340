"""The filters of the list of movements, for the page and for its file."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

from products.forms.movements import MovementFilterForm
from products.models import Location
from products.reports.levels import has_several_locations
from products.reports.movement_history import all_movements, recent_names
from products.views.base import Page


class MovementFilterPage(Page):
    """A page of the movements that the address asks for."""

    permission_required = "products.view_stockmovement"

    @cached_property
    def has_several_locations(self) -> bool:
        return has_several_locations()

    @cached_property
    def form(self) -> MovementFilterForm:
        places: list[tuple[int, str]] = []
        if self.has_several_locations:
            every = Location.objects.order_by("kind", "priority", "name")
            places = list(every.values_list("pk", "name"))
        people = recent_names()
        return MovementFilterForm(self.request.GET, people=people, places=places)

    @cached_property
    def narrowed(self) -> tuple["QuerySet[Any]", bool]:
        """The movements asked for, and whether an index leads to them."""
        return self.form.narrow(all_movements())

    @property
    def movements(self) -> "QuerySet[Any]":
        return self.narrowed[0]
