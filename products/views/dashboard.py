"""The dashboard: the shop's figures, and the list of products with its filters."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from products.forms.filters import ProductFilter
from products.forms.listing import ListingForm
from products.models import Brand, Location, Product
from products.reports.categories import category_tree
from products.reports.figures import shop_figures
from products.reports.listing import as_rows
from products.views.addresses import history_header, with_state
from products.views.base import ListPage

# Each brings a line into the menu of a row.
IN_MENU = (
    "products.add_product",
    "products.change_product",
    "products.delete_product",
)


class DashboardView(ListPage):
    """Everything the list shows stands in the address; htmx fetches it as a part."""

    permission_required = "products.view_product"
    template_name = "products/dashboard.html"
    context_object_name = "products"

    filter: ProductFilter
    listing: ListingForm
    locations: list[tuple[int, str]]

    @property
    def sees_cost(self) -> bool:
        return self.request.user.has_perm("products.view_cost")

    def get_queryset(self) -> QuerySet[Product]:
        places = Location.objects.filter(kind=Location.Kind.STOCK)
        self.locations = list(places.values_list("pk", "name"))
        self.filter = ProductFilter(
            self.request.GET,
            tree=category_tree(),
            brands=list(Brand.objects.values_list("pk", "name")),
            locations=self.locations,
            sees_cost=self.sees_cost,
        )
        self.listing = ListingForm(self.request.GET)
        order = [*self.filter.exact_first(), *self.listing.order]
        rows = as_rows(self.filter.qs, shelf_at=self._shelf_at())
        return rows.order_by(*order)

    def get_paginate_by(self, queryset: QuerySet[Product]) -> int:
        return self.listing.page_size

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        figures = shop_figures(with_cost=self.sees_cost)
        narrowings = self.filter.narrowings
        person = self.request.user
        has_menu = any(person.has_perm(permission) for permission in IN_MENU)
        return context | {
            "figures": figures,
            "has_several_locations": len(self.locations) > 1,
            "filter": self.filter.form,
            "listing": self.listing,
            "address": self._address(page=context["page_obj"].number),
            "narrowings": [
                (one, self._address(without=one.name)) for one in narrowings
            ],
            "search_form": "" if figures.is_empty else "filters",
            "has_menu": has_menu,
            "has_actions": has_menu or person.has_perm("products.adjust_stock"),
        }

    def render_to_response(
        self, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        header = history_header(self.request, context["address"])
        if header:
            response.headers[header] = context["address"]
        return response

    def _shelf_at(self) -> int | None:
        """Return the location whose shelf codes are shown: the only one or the set one.

        With several and none set there is no telling which is meant.
        """
        if len(self.locations) == 1:
            return self.locations[0][0]
        chosen = self.filter.form.state.get("location")
        return int(chosen) if chosen else None

    def _address(self, *, page: int = 1, without: str = "") -> str:
        """Return this list's address, with what is set and makes sense only."""
        state = self.filter.form.state | self.listing.state
        state.pop(without, None)
        if page > 1:
            state["page"] = str(page)
        return with_state(reverse("products:dashboard"), state)
